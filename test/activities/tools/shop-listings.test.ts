import { shopListings } from '../../../activities/tools/shop-listings';
import { failed } from '../scripted-rig';
import { dataTool } from './run-data-tool';
import { adminPage, adminProduct, feedProduct, feedVariant, type Reply, type ShopServer, startShopServer } from './shop-server';

const TOKEN = 'shpat_secret0123456789';
const env = { SHOP_TOKEN: TOKEN };

describe('shopListings without a section', () => {
  it('returns sample data and says so', async () => {
    const output = await dataTool(shopListings)({ query: 'kettle', limit: 3 });
    expect(output).toMatchObject({
      sample: true,
      source: 'sample data of Troupe',
      currency: 'USD',
      skipped: 0,
      unavailable: [],
      incomplete: [],
    });
    expect(output.listings).toHaveLength(3);
    expect((await dataTool(shopListings)({ query: 'desk chair' })).listings.length).toBeLessThanOrEqual(10);
  });

  it.each([{ query: ' ' }, { query: 'x'.repeat(201) }, { query: 'x', limit: 0 }, { query: 'x', limit: 51 }, { query: 'x', price: 1 }, {}])(
    'refuses the input %j',
    (input) => {
      expect(shopListings.input.safeParse(input).success).toBe(false);
    },
  );
});

describe('shopListings with shops', () => {
  let feed: ShopServer;
  let admin: ShopServer;
  let other: ShopServer;
  beforeEach(async () => {
    [feed, admin, other] = await Promise.all([startShopServer(), startShopServer(), startShopServer()]);
    feed.answer = () => ({ json: { products: [feedProduct(1), feedProduct(2), feedProduct(3)] } });
    admin.answer = () => adminPage([adminProduct(4)]);
    other.answer = () => ({ json: { hits: [hit('k-5')] } });
  });
  afterEach(() => Promise.all([feed.close(), admin.close(), other.close()]));

  const hit = (sku: string, more: Readonly<Record<string, unknown>> = {}) => ({
    sku,
    name: `Kettle ${sku}`,
    cost: { amount: '$1,049.50', was: 1_200, code: 'usd' },
    html: '<p>Tea &amp; coffee</p>',
    maker: 'Zed',
    link: 'https://other.example/k',
    stock: 'yes',
    choices: ['Color: Red, Blue', 'Large'],
    labels: 'kitchen;tea',
    ...more,
  });
  const fields = {
    id: 'sku',
    title: 'name',
    price: 'cost.amount',
    compareAtPrice: 'cost.was',
    currency: 'cost.code',
    description: 'html',
    vendor: 'maker',
    url: 'link',
    inStock: 'stock',
    options: 'choices',
    tags: 'labels',
  };
  const feedShop = () => ({ connector: 'shopifyFeed', name: 'Feed', url: feed.url, currency: 'USD' });
  const adminShop = () => ({ connector: 'shopifyAdmin', name: 'Own', url: admin.url, accessToken: '${SHOP_TOKEN}', currency: 'USD' });
  const otherShop = () => ({
    connector: 'httpJson',
    name: 'Other',
    currency: 'USD',
    url: `${other.url}/search`,
    query: { q: '{query}', n: '{limit}' },
    headers: { Authorization: 'Bearer ${SHOP_TOKEN}' },
    rows: 'hits',
    fields,
  });
  const all = () => [feedShop(), adminShop(), otherShop()];
  const call = (shops: unknown[], input: Readonly<Record<string, unknown>> = {}, more: Readonly<Record<string, unknown>> = {}) =>
    dataTool(shopListings, { section: { shops, ...more }, env })({ query: 'kettle', ...input });
  const down: Reply = { status: 503, headers: { 'retry-after': '4' }, json: {} };

  it('returns products of all shops in turn', async () => {
    const output = await call(all());
    expect(output).toMatchObject({
      sample: false,
      source: 'Feed, Own, Other',
      currency: 'USD',
      skipped: 0,
      unavailable: [],
      incomplete: [],
    });
    expect(output.listings.map(({ shop, id }) => [shop, id])).toEqual([
      ['Feed', '1'],
      ['Own', '4'],
      ['Feed', '2'],
      ['Feed', '3'],
      ['Other', 'k-5'],
    ]);
    expect((await call(all(), { limit: 2 })).listings).toHaveLength(2);
  });

  it('reads a shop by a mapping', async () => {
    const { listings } = await call([otherShop()], { query: 'kettle & "tea"', limit: 7 });
    expect(listings).toEqual([
      {
        id: 'k-5',
        shop: 'Other',
        title: 'Kettle k-5',
        price: 1_049.5,
        compareAtPrice: 1_200,
        description: 'Tea & coffee',
        vendor: 'Zed',
        url: 'https://other.example/k',
        inStock: true,
        options: ['Color: Red, Blue', 'Option: Large'],
      },
    ]);
    const [asked] = other.asked;
    expect(Object.fromEntries(asked?.query ?? [])).toEqual({ q: 'kettle & "tea"', n: '7' });
    expect(asked?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('skips rows of a mapping that lack a price, have another currency or a link that is none', async () => {
    other.answer = () => ({
      json: {
        hits: [
          hit('a', { cost: {} }),
          hit('b', { cost: { amount: 5, code: 'EUR' } }),
          hit('c', { cost: { amount: -5 } }),
          'x',
          hit('d', { link: 'javascript:alert(1)' }),
        ],
      },
    });
    const { listings, skipped } = await call([otherShop()]);
    expect(listings.map(({ id, url }) => [id, url])).toEqual([['d', undefined]]);
    expect(skipped).toBe(4);
  });

  it('leaves out products that the query does not fit', async () => {
    feed.answer = () => ({ json: { products: [feedProduct(1), feedProduct(2, { title: 'Cup', product_type: 'Cups' })] } });
    expect((await call([feedShop()])).listings.map(({ id }) => id)).toEqual(['1']);
    expect((await call([feedShop()], { query: 'bicycle' })).listings).toEqual([]);
  });

  it('counts rows that no shop could explain', async () => {
    feed.answer = () => ({ json: { products: [null, feedProduct(1, { variants: [feedVariant({ price: 'x' })] }), feedProduct(2)] } });
    admin.answer = () => adminPage([adminProduct(4), {}]);
    expect(await call(all())).toMatchObject({ skipped: 3 });
  });

  it('names shops that have more than was looked at', async () => {
    feed.answer = () => ({ json: { products: Array.from({ length: 250 }, (_, index) => feedProduct(index + 1)) } });
    expect(await call([{ ...feedShop(), maxPages: 1 }, adminShop()])).toMatchObject({ incomplete: ['Feed'] });
  });

  it('goes on without a shop that fails, and says which and why', async () => {
    admin.answer = () => ({ status: 401, json: { errors: `[API] Invalid API key or access token ${TOKEN}` } });
    other.answer = () => down;
    const output = await call(all());
    expect(output).toMatchObject({ sample: false, source: 'Feed' });
    expect(output.listings).toHaveLength(3);
    expect(output.unavailable).toEqual([
      {
        shop: 'Own',
        why: `Cannot ask "${admin.host}" for "shopListings": it refuses the key (401); check the key of "shopListings" in the tools file`,
      },
      { shop: 'Other', why: `Cannot ask "${other.host}" for "shopListings": it cannot answer now (503); ask again later` },
    ]);
    expect(JSON.stringify(output)).not.toContain(TOKEN);
  });

  it('goes on without a shop that is silent', async () => {
    feed.answer = () => ({ silent: true });
    const output = await call([feedShop(), adminShop()], {}, { timeoutMs: 1_500 });
    expect(output.unavailable).toEqual([{ shop: 'Feed', why: expect.stringMatching(/it did not answer within 1500 ms/) as string }]);
    expect(output.listings.map(({ id }) => id)).toEqual(['4']);
  });

  it('fails when every shop does, and is tried again when one may come back', async () => {
    for (const shop of [feed, other]) shop.answer = () => down;
    admin.answer = () => ({ status: 401, json: { errors: TOKEN } });
    const failure = await failed(call(all()));
    expect(failure).toMatchObject({ type: 'ToolFailed', nonRetryable: false, nextRetryDelay: 4_000 });
    expect(failure.message).toBe(
      'Cannot ask any shop for "shopListings": "Feed": it cannot answer now (503), "Own": it refuses the key (401), "Other": it cannot answer now (503); it is tried again',
    );
    expect(await failed(call([adminShop()]))).toMatchObject({ type: 'ToolFailed', nonRetryable: true });
  });

  it('looks in one shop, and names the shops there are when it is none of them', async () => {
    const output = await call(all(), { shop: 'own' });
    expect(output.listings.map(({ shop }) => shop)).toEqual(['Own']);
    expect(feed.asked).toEqual([]);
    expect(await failed(call(all(), { shop: 'Acme' }))).toMatchObject({
      nonRetryable: true,
      message: 'Cannot look in shop "Acme": there is no such shop in the tools file; use one of "Feed", "Own", "Other"',
    });
  });

  it('compares prices of one currency only: that of the first shop, also when this one fails', async () => {
    const shops = [feedShop(), adminShop(), { ...otherShop(), currency: 'EUR' }];
    feed.answer = () => down;
    const output = await call(shops);
    expect(output).toMatchObject({ currency: 'USD', source: 'Own' });
    expect(output.unavailable.map(({ shop }) => shop)).toEqual(['Feed', 'Other']);
    expect(output.unavailable[1]?.why).toBe(
      'Cannot compare its prices: they are in "EUR" and the others in "USD"; ask for this shop alone',
    );
    expect(other.asked).toEqual([]);
    other.answer = () => ({ json: { hits: [hit('e', { cost: { amount: 9, code: 'EUR' } })] } });
    expect(await call(shops, { shop: 'Other' })).toMatchObject({ currency: 'EUR', listings: [{ id: 'e', price: 9 }] });
  });

  it('fits its limit with the longest listings of the largest number', async () => {
    const long = { title: `Kettle ${'ケ'.repeat(500)}`, body_html: '電'.repeat(50_000), vendor: 'ベ'.repeat(900) };
    const options = Array.from({ length: 20 }, (_, index) => ({ name: '色'.repeat(300), values: [`${index}`] }));
    feed.answer = () => ({ json: { products: Array.from({ length: 60 }, (_, index) => feedProduct(index + 1, { ...long, options })) } });
    const { listings } = await call([feedShop()], { limit: 50 });
    expect(listings).toHaveLength(50);
    expect(listings[0]?.description).toHaveLength(1_000);
    expect(listings[0]?.title).toHaveLength(150);
  });
});

describe('the section of shopListings', () => {
  const shop = { connector: 'shopifyFeed', name: 'A', url: 'https://a.example', currency: 'USD' };
  const own = { connector: 'shopifyAdmin', name: 'O', url: 'https://o.example', accessToken: '${SHOP_TOKEN}', currency: 'USD' };

  it.each([
    ['no shop', { shops: [] }, /"shops"/],
    ['a currency in words', { shops: [{ ...shop, currency: 'dollars' }] }, /must be a code like "USD"/],
    ['an address that is none', { shops: [{ ...shop, url: 'a.example' }] }, /must be an http or https address/],
    ['an address with a key', { shops: [{ ...shop, url: 'https://a.example/?key=s3cret' }] }, /url: a secret stands in the file/],
    ['an address with a query', { shops: [{ ...shop, url: 'https://a.example/?page=1' }] }, /without user, query and fragment/],
    ['an address with a password', { shops: [{ ...shop, url: 'https://u:s3cret@a.example' }] }, /without user, query and fragment/],
    ['a token in the open', { shops: [{ ...own, url: 'http://o.example' }] }, /must be an https address/],
    ['two shops of one name', { shops: [shop, { ...shop, name: 'a' }] }, /two shops have the same name/],
    ['an unknown connector', { shops: [{ ...shop, connector: 'shopware' }] }, /"shops\[0\]\.connector"/],
    ['a token written out', { shops: [{ ...own, accessToken: 's3cret' }] }, /accessToken: a secret stands in the file/],
    ['more time than an attempt has', { shops: [shop], timeoutMs: 60_000 }, /"timeoutMs"/],
  ])('refuses %s and tells no secret', (_, section, message) => {
    const parse = () => dataTool(shopListings, { section, env });
    expect(parse).toThrow(message);
    expect(parse).not.toThrow(/s3cret|shpat_/);
  });
});
