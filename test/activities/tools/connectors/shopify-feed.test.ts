import { type FeedRequest, readShopifyFeed } from '../../../../activities/tools/connectors/shopify-feed';
import { failed } from '../../scripted-rig';
import { feedProduct, feedVariant, type Reply, type ShopServer, startShopServer } from '../shop-server';

describe('readShopifyFeed()', () => {
  let shop: ShopServer;
  beforeEach(async () => {
    shop = await startShopServer();
  });
  afterEach(() => shop.close());

  const { signal } = new AbortController();
  const read = (more: Partial<FeedRequest> = {}) =>
    readShopifyFeed({ tool: 'shopListings', name: 'Acme', url: shop.url, maxPages: 4, signal, ...more });
  const products = (...rows: unknown[]): Reply => ({ json: { products: rows } });
  const listingOf = async (more: Readonly<Record<string, unknown>>) => {
    shop.answer = () => products(feedProduct(1, more));
    return (await read()).products[0]?.listing;
  };

  it('reads a product with variants, price texts, HTML and options', async () => {
    const listing = await listingOf({
      title: 'Ember Kettle',
      handle: 'ember kettle/ä',
      body_html: '<div><h2>Ember</h2><p>Boils <b>fast</b> &amp; quietly</p><script>alert(1)</script></div>',
      variants: [
        feedVariant({ price: '59.50', compare_at_price: '79.00' }),
        feedVariant({ price: '49.90', compare_at_price: '64.00' }),
        feedVariant({ price: '39.00', available: false }),
      ],
      options: [{ name: 'Color', position: 1, values: ['Black', 'Steel'] }],
    });
    expect(listing).toEqual({
      id: '1',
      shop: 'Acme',
      title: 'Ember Kettle',
      price: 49.9,
      compareAtPrice: 64,
      description: 'Ember\n\nBoils fast & quietly',
      vendor: 'Acme',
      url: `${shop.url}/products/ember%20kettle%2F%C3%A4`,
      inStock: true,
      options: ['Color: Black, Steel'],
    });
    expect(shop.asked[0]?.path).toBe('/products.json');
  });

  it('leaves out facts that the feed does not have', async () => {
    const listing = await listingOf({
      body_html: null,
      vendor: '',
      product_type: null,
      handle: null,
      options: null,
      variants: [{ price: '49.00', compare_at_price: '49.00' }],
    });
    expect(listing).toEqual({ id: '1', shop: 'Acme', title: 'Kettle 1', price: 49 });
  });

  it('says that a product is sold out when no variant can be bought, at its lowest price', async () => {
    const sold = [feedVariant({ available: false, price: '60.00' }), feedVariant({ available: false, price: '52.00' })];
    expect(await listingOf({ variants: sold })).toMatchObject({ price: 52, inStock: false });
  });

  it.each([
    ['a list', ['kitchen', 'pour-over']],
    ['one text with commas', 'kitchen, pour-over'],
  ])('reads tags as %s', async (_, tags) => {
    shop.answer = () => products(feedProduct(1, { tags }));
    expect((await read()).products[0]?.facts.tags).toEqual(['kitchen', 'pour-over']);
  });

  it('reads page after page until one is not full, each product once', async () => {
    const page = (from: number, size: number) => products(...Array.from({ length: size }, (_, index) => feedProduct(from + index)));
    shop.answer = ({ query }) => (query.get('page') === '1' ? page(1, 250) : page(250, 30));
    const answer = await read();
    expect(answer).toMatchObject({ skipped: 0, incomplete: false });
    expect(answer.products.map(({ listing }) => listing.id)).toEqual(Array.from({ length: 279 }, (_, index) => String(index + 1)));
    expect(shop.asked.map(({ query }) => query.toString())).toEqual(['limit=250&page=1', 'limit=250&page=2']);
  });

  it('stops at the greatest number of pages and says that there is more', async () => {
    shop.answer = ({ query }) =>
      products(...Array.from({ length: 250 }, (_, index) => feedProduct(Number(query.get('page')) * 1_000 + index)));
    const answer = await read({ maxPages: 2 });
    expect(answer.products).toHaveLength(500);
    expect(answer.incomplete).toBe(true);
    expect(shop.asked).toHaveLength(2);
  });

  it('skips and counts rows that are no product, and drops variants without a price', async () => {
    shop.answer = () =>
      products(
        feedProduct(1, { variants: [feedVariant({ price: 'free' }), null, feedVariant({ price: '20.00' })] }),
        null,
        'kettle',
        feedProduct(2, { title: undefined }),
        feedProduct(3, { title: '\u200b \u202e' }),
        feedProduct(4, { variants: [] }),
        feedProduct(5, { variants: [feedVariant({ price: '-5.00' })] }),
        feedProduct(6, { variants: [feedVariant({ price: '1,299.00' })] }),
        feedProduct(7, { tags: { a: 1 } }),
      );
    const { products: read2, skipped } = await read();
    expect(read2.map(({ listing: { id, price } }) => [id, price])).toEqual([['1', 20]]);
    expect(skipped).toBe(8);
  });

  it('reads the feed of a collection and leads to the product in the shop', async () => {
    shop.answer = () => products(feedProduct(1));
    const answer = await read({ url: `${shop.url}/collections/kettles/` });
    expect(shop.asked[0]?.path).toBe('/collections/kettles/products.json');
    expect(answer.products[0]?.listing.url).toBe(`${shop.url}/products/kettle-1`);
  });

  it('finds a shop without products empty', async () => {
    shop.answer = () => products();
    expect(await read()).toEqual({ products: [], skipped: 0, incomplete: false });
  });

  it('waits as long as a shop with too many requests asks, wherever in the pages', async () => {
    const full = Array.from({ length: 250 }, (_, index) => feedProduct(index + 1));
    shop.answer = ({ query }) =>
      query.get('page') === '1' ? products(...full) : { status: 429, headers: { 'retry-after': '7' }, json: {} };
    expect(await failed(read())).toMatchObject({
      type: 'ToolFailed',
      nonRetryable: false,
      nextRetryDelay: 7_000,
      message: `Cannot ask "${shop.host}" for "shopListings": it has had too many requests (429); it is tried again`,
    });
  });

  it.each<[string, Reply, RegExp, boolean]>([
    ['has no feed', { status: 404, json: {} }, /it has no product feed \(404\); write the address of a Shopify storefront/, true],
    ['is behind a password', { status: 401, json: {} }, /it refuses the key \(401\)/, true],
    ['answers with a page of HTML', { text: '<html>Opening soon</html>' }, /its answer is not JSON/, true],
    ['answers with other JSON', { json: { items: [] } }, /what it answers is no product feed/, true],
    ['is down', { status: 503, json: {} }, /it cannot answer now \(503\)/, false],
  ])('says so when the shop %s', async (_, reply, message, nonRetryable) => {
    shop.answer = () => reply;
    expect(await failed(read())).toMatchObject({ type: 'ToolFailed', nonRetryable, message: expect.stringMatching(message) as string });
  });

  it('ends with its signal while a shop is silent', async () => {
    const ending = new AbortController();
    shop.answer = () => {
      ending.abort(new Error('the end'));
      return { silent: true };
    };
    await expect(read({ signal: ending.signal })).rejects.toThrow('the end');
  });
});
