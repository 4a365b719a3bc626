import { type AdminRequest, searchShopifyAdmin } from '../../../../activities/tools/connectors/shopify-admin';
import { failed } from '../../scripted-rig';
import { adminPage, adminProduct, type Reply, type ShopServer, startShopServer } from '../shop-server';

const TOKEN = 'shpat_0123456789abcdef';

describe('searchShopifyAdmin()', () => {
  let shop: ShopServer;
  beforeEach(async () => {
    shop = await startShopServer();
  });
  afterEach(() => shop.close());

  const { signal } = new AbortController();
  const search = (more: Partial<AdminRequest> = {}) =>
    searchShopifyAdmin({
      tool: 'shopListings',
      name: 'Own',
      url: shop.url,
      accessToken: TOKEN,
      currency: 'USD',
      query: 'kettles',
      maxPages: 4,
      signal,
      ...more,
    });
  const variables = () => shop.asked.map(({ body }) => (body as { variables: { after: string | null; query: string } }).variables);

  it('asks with the token in its header and reads a product', async () => {
    const nodes = [
      { price: '59.00', compareAtPrice: '79.00', availableForSale: true },
      { price: '49.00', compareAtPrice: null, availableForSale: false },
    ];
    shop.answer = () => adminPage([adminProduct(632910392, { variants: { pageInfo: { hasNextPage: false }, nodes } })]);
    const { products, skipped, incomplete } = await search();
    expect(products.map(({ listing }) => listing)).toEqual([
      {
        id: '632910392',
        shop: 'Own',
        title: 'Kettle 632910392',
        price: 59,
        compareAtPrice: 79,
        description: 'Boils water.',
        vendor: 'Acme',
        url: 'https://own.example/products/kettle-632910392',
        inStock: true,
        options: ['Color: Black, Steel'],
      },
    ]);
    expect({ skipped, incomplete }).toEqual({ skipped: 0, incomplete: false });
    const [asked] = shop.asked;
    expect(asked).toMatchObject({ method: 'POST', path: '/admin/api/2026-10/graphql.json' });
    expect(asked?.headers['x-shopify-access-token']).toBe(TOKEN);
    expect(asked?.headers['content-type']).toMatch(/^application\/json/);
  });

  it('takes the lowest price of the whole product when it has more variants than are read', async () => {
    const nodes = [{ price: '59.00', compareAtPrice: null, availableForSale: true }];
    const more = { variants: { pageInfo: { hasNextPage: true }, nodes }, priceRangeV2: { minVariantPrice: { amount: '41.5' } } };
    shop.answer = () => adminPage([adminProduct(1, more)]);
    expect((await search()).products[0]?.listing.price).toBe(41.5);
  });

  it('takes no price of a variant that it knows to be sold out', async () => {
    const nodes = [
      { price: '59.00', compareAtPrice: null, availableForSale: true },
      { price: '41.50', compareAtPrice: null, availableForSale: false },
    ];
    const more = { variants: { pageInfo: { hasNextPage: true }, nodes }, priceRangeV2: { minVariantPrice: { amount: '41.5' } } };
    shop.answer = () => adminPage([adminProduct(1, more)]);
    expect((await search()).products[0]?.listing).toMatchObject({ price: 59, inStock: true });
  });

  it.each(['41.5', '12.0'])(
    'does not say whether it is in stock when those read are sold out and there are more, the cheapest at %s',
    async (amount) => {
      const nodes = [{ price: '41.50', compareAtPrice: null, availableForSale: false }];
      const more = { variants: { pageInfo: { hasNextPage: true }, nodes }, priceRangeV2: { minVariantPrice: { amount } } };
      shop.answer = () => adminPage([adminProduct(1, more)]);
      const [product] = (await search()).products;
      expect(product?.listing.price).toBe(Number(amount));
      expect(product?.listing).not.toHaveProperty('inStock');
    },
  );

  it('follows cursors to the end', async () => {
    const pages: Record<string, Reply> = {
      first: adminPage([adminProduct(1)], 'c1'),
      c1: adminPage([adminProduct(2)], 'c2'),
      c2: adminPage([adminProduct(3)]),
    };
    shop.answer = ({ body }) => pages[(body as { variables: { after: string | null } }).variables.after ?? 'first'] ?? { status: 400 };
    const answer = await search();
    expect(answer.products.map(({ listing }) => listing.id)).toEqual(['1', '2', '3']);
    expect(answer.incomplete).toBe(false);
    expect(variables().map(({ after }) => after)).toEqual([null, 'c1', 'c2']);
  });

  it.each([
    ['at the greatest number of pages', (asked: number) => `c${asked}`, 3],
    ['at a cursor that does not move', () => 'same', 2],
  ])('stops %s and says that there is more', async (_, cursor, pages) => {
    shop.answer = () => adminPage([adminProduct(shop.asked.length)], cursor(shop.asked.length));
    expect(await search({ maxPages: 3 })).toMatchObject({ incomplete: true });
    expect(shop.asked).toHaveLength(pages);
  });

  it.each([
    ['electric kettles', '(electric* OR kettle*) AND status:active'],
    ['berries', '(berr*) AND status:active'],
    ['x) OR status:draft AND (vendor:"y', '(x* OR status* OR draft* OR vendor* OR y*) AND status:active'],
    ['NOT the', 'status:active'],
  ])('searches for %j by words that cannot be operators', async (query, sent) => {
    shop.answer = () => adminPage([]);
    await search({ query });
    expect(variables()[0]?.query).toBe(sent);
  });

  it('skips and counts rows that are no product', async () => {
    shop.answer = () =>
      adminPage([
        null,
        adminProduct(1, { title: null }),
        adminProduct(2, { variants: { nodes: [{ price: 'x' }] } }),
        adminProduct(3, { onlineStoreUrl: null, options: null, description: null }),
      ]);
    const { products, skipped } = await search();
    expect(products.map(({ listing }) => listing)).toEqual([
      { id: '3', shop: 'Own', title: 'Kettle 3', price: 49, vendor: 'Acme', inStock: true },
    ]);
    expect(skipped).toBe(3);
  });

  it.each([
    ['javascript:alert(1)', undefined],
    ['no address', undefined],
    [`https://own.example/${'x'.repeat(600)}`, undefined],
    ['https://own.example/a\u202eb\u200b', 'https://own.example/a%E2%80%AEb%E2%80%8B'],
  ])('takes %j for the address %j', async (onlineStoreUrl, url) => {
    shop.answer = () => adminPage([adminProduct(1, { onlineStoreUrl })]);
    expect((await search()).products.map(({ listing }) => listing.url)).toEqual([url]);
  });

  const throttled = (throttleStatus: unknown, requestedQueryCost: unknown = 752): Reply => ({
    json: {
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' } }],
      extensions: { cost: { requestedQueryCost, actualQueryCost: null, throttleStatus } },
    },
  });

  it.each([
    ['the points it takes are back', throttled({ maximumAvailable: 1_000, currentlyAvailable: 602, restoreRate: 50 }), 3_000],
    ['a second has passed when they nearly are', throttled({ maximumAvailable: 1_000, currentlyAvailable: 751, restoreRate: 100 }), 1_000],
    ['a minute at most', throttled({ maximumAvailable: 1_000, currentlyAvailable: 0, restoreRate: 0.5 }), 60_000],
    ['a second has passed when the answer does not say', throttled(null), 1_000],
    ['a second has passed when the answer makes no sense', throttled({ currentlyAvailable: 'x', restoreRate: 0 }, null), 1_000],
    ['a second has passed without a code', { json: { errors: [{ message: 'Throttled' }] } }, 1_000],
  ])('is tried again when %s', async (_, reply, nextRetryDelay) => {
    shop.answer = () => reply;
    expect(await failed(search())).toMatchObject({
      type: 'ToolFailed',
      nonRetryable: false,
      nextRetryDelay,
      message: `Cannot ask "${shop.host}" for "shopListings": it has had too many requests (THROTTLED); it is tried again`,
    });
  });

  const error = (code: string | undefined, message = `secret ${TOKEN} in words of the service`): Reply => ({
    json: { errors: [{ message, ...(code !== undefined && { extensions: { code } }) }], data: null },
  });

  it.each<[string, Reply, RegExp, boolean]>([
    [
      'a wrong token',
      { status: 401, json: { errors: `[API] Invalid API key or access token ${TOKEN}` } },
      /it refuses the key \(401\); check the key of "shopListings"/,
      true,
    ],
    ['a token without the scope', error('ACCESS_DENIED'), /\(ACCESS_DENIED\); give it the access scope "read_products"$/, true],
    ['a query that it does not know', error('undefinedField'), /it refuses the query \(undefinedField\)/, true],
    ['an error without a code', error(undefined), /it refuses the query; check the shop and its token/, true],
    ['a code that is none', error(`<b>${TOKEN}</b>`), /it refuses the query; check/, true],
    ['errors in one text', { json: { errors: `Not Found ${TOKEN}` } }, /it refuses the query; check/, true],
    ['a shop that is closed', { status: 402, json: {} }, /it refuses the request \(402\)/, true],
    ['an address without the API', { status: 404, json: {} }, /it has no Admin API \(404\); .+myshopify\.com/, true],
    ['other JSON', { json: { data: { shop: {} } } }, /what it answers is not what was asked for/, true],
    ['no object', { json: ['x'] }, /it does not answer like Shopify/, true],
    ['HTML', { text: `<html>${TOKEN}</html>` }, /its answer is not JSON/, true],
    ["Shopify's own error", error('INTERNAL_SERVER_ERROR'), /it cannot answer now \(INTERNAL_SERVER_ERROR\); it is tried again$/, false],
    ['status 429', { status: 429, headers: { 'retry-after': '2.0' }, json: {} }, /too many requests \(429\)/, false],
    ['status 502', { status: 502, text: `bad gateway ${TOKEN}` }, /it cannot answer now \(502\)/, false],
  ])('fails clearly on %s, and tells neither token nor words of the service', async (_, reply, message, nonRetryable) => {
    shop.answer = () => reply;
    const failure = await failed(search());
    expect(failure).toMatchObject({ type: 'ToolFailed', nonRetryable, message: expect.stringMatching(message) as string });
    expect(JSON.stringify([failure.message, failure.stack, failure.cause])).not.toContain(TOKEN);
  });

  it('refuses a shop that sells in another currency than the tools file says', async () => {
    shop.answer = () => adminPage([adminProduct(1)]);
    expect(await failed(search({ currency: 'EUR' }))).toMatchObject({
      nonRetryable: true,
      message: `Cannot ask "${shop.host}" for "shopListings": its prices are in "USD", not in "EUR"; correct the currency of this shop in the tools file`,
    });
  });
});
