import { shopReviews } from '../../../activities/tools/shop-reviews';
import { failed } from '../scripted-rig';
import { dataTool } from './run-data-tool';
import { type ShopServer, startShopServer } from './shop-server';

const KEY = 'k3y-of-the-service';
const env = { REVIEWS_KEY: KEY };

describe('shopReviews without a section', () => {
  it('returns sample data with the average and number of all, also of those beyond the limit', async () => {
    const all = await dataTool(shopReviews)({ query: 'kettle', limit: 100 });
    expect(all).toMatchObject({ sample: true, source: 'sample data of Troupe', count: all.reviews.length, skipped: 0 });
    const sum = all.reviews.reduce((total, { rating }) => total + rating, 0);
    expect(all.average).toBeCloseTo(sum / all.reviews.length, 2);
    const few = await dataTool(shopReviews)({ query: 'kettle', limit: 2 });
    expect(few).toEqual({ ...all, reviews: all.reviews.slice(0, 2) });
  });

  it('has no average when there is no review', async () => {
    const none = await dataTool(shopReviews)({ query: 'kettle', listingIds: ['632910392'] });
    expect(none).toEqual({ sample: true, source: 'sample data of Troupe', reviews: [], count: 0, skipped: 0 });
  });

  it.each([{ query: '' }, { query: 'x', listingIds: [] }, { query: 'x', limit: 101 }, { query: 'x', listingIds: [''] }])(
    'refuses the input %j',
    (input) => {
      expect(shopReviews.input.safeParse(input).success).toBe(false);
    },
  );
});

describe('shopReviews with a service', () => {
  let server: ShopServer;
  beforeEach(async () => {
    server = await startShopServer();
  });
  afterEach(() => server.close());

  const review = (product: string | undefined, score: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
    product: product === undefined ? {} : { external_id: product },
    score,
    heading: 'Fine',
    body_html: '<p>Boils &amp; pours</p>',
    created_at: '2026-05-04T10:11:12Z',
    ...more,
  });
  const section = (more: Readonly<Record<string, unknown>> = {}) => ({
    connector: 'httpJson',
    url: `${server.url}/reviews`,
    query: { q: '{query}', per_page: '{limit}' },
    headers: { 'X-Api-Key': '${REVIEWS_KEY}' },
    rows: 'data.items',
    fields: { rating: 'score', text: 'body_html', title: 'heading', date: 'created_at', listingId: 'product.external_id' },
    source: 'Reviews of Acme',
    ...more,
  });
  const call = (input: Readonly<Record<string, unknown>> = {}, more: Readonly<Record<string, unknown>> = {}) =>
    dataTool(shopReviews, { section: section(more), env })({ query: 'kettle', ...input });
  const rows = (...items: unknown[]) => ({ json: { data: { items } } });

  it('reads reviews by a mapping', async () => {
    server.answer = () => rows(review('1', 5), review(undefined, '4', { heading: null, created_at: 'yesterday' }));
    expect(await call({ limit: 30 })).toEqual({
      sample: false,
      source: 'Reviews of Acme',
      reviews: [
        { listingId: '1', rating: 5, title: 'Fine', text: 'Boils & pours', date: '2026-05-04' },
        { rating: 4, text: 'Boils & pours' },
      ],
      average: 4.5,
      count: 2,
      skipped: 0,
    });
    const [asked] = server.asked;
    expect(Object.fromEntries(asked?.query ?? [])).toEqual({ q: 'kettle', per_page: '30' });
    expect(asked?.headers['x-api-key']).toBe(KEY);
  });

  it('skips and counts what is no review: no rating of one to five, no text', async () => {
    server.answer = () =>
      rows(review('1', 3), review('1', 0), review('1', 6), review('1', 'great'), review('1', 4, { body_html: '<script>x</script>' }), null);
    expect(await call()).toMatchObject({ count: 1, average: 3, skipped: 5 });
  });

  it('brings ratings of another scale to five', async () => {
    server.answer = () => rows(review('1', 9));
    const fields = { rating: { path: 'score', times: 0.5 }, text: 'body_html' };
    expect((await call({}, { fields })).reviews[0]?.rating).toBe(4.5);
  });

  it('takes only reviews of the listings asked for when the service was not told which', async () => {
    server.answer = () => rows(review('1', 5), review('2', 1), review(undefined, 1), review('3', 4));
    const { reviews, count } = await call({ listingIds: ['1', '3'] });
    expect(reviews.map(({ listingId }) => listingId)).toEqual(['1', '3']);
    expect(count).toBe(2);
  });

  it('asks for all listings at once where the address takes them', async () => {
    server.answer = () => rows(review('1', 5), review('2', 1), review(undefined, 4));
    const { reviews } = await call({ listingIds: ['1', '3'] }, { query: { ids: '{listingIds}' } });
    expect(server.asked.map(({ query }) => query.get('ids'))).toEqual(['1,3']);
    expect(reviews.map(({ listingId }) => listingId)).toEqual(['1', undefined]);
  });

  it('asks for one listing after another where the address takes one, and none of them may leave it', async () => {
    server.answer = ({ path }) => (path.endsWith('/2') ? { status: 404, json: {} } : rows(review(undefined, 5)));
    const url = `${server.url}/products/{listingId}`;
    const { reviews, count } = await call({ listingIds: ['1', '2', 'a b', '4', '5', '1'] }, { url });
    expect(reviews.map(({ listingId }) => listingId)).toEqual(['1', 'a b', '4', '5']);
    expect(count).toBe(4);
    expect(server.asked.map(({ path }) => path).sort()).toEqual([
      '/products/1',
      '/products/2',
      '/products/4',
      '/products/5',
      '/products/a%20b',
    ]);
    expect(await failed(call({ listingIds: ['..'] }, { url }))).toMatchObject({ type: 'ToolFailed', nonRetryable: true });
    expect(await failed(call({}, { url }))).toMatchObject({ message: expect.stringMatching(/needs "listingId"/) as string });
  });

  it('does without a listing whose only review cannot be read, and fails when none of all can', async () => {
    const stars = (score: unknown) => review(undefined, score, { body_html: null });
    server.answer = ({ path }) => rows(path.endsWith('/2') ? stars(5) : review(undefined, 4));
    const url = `${server.url}/products/{listingId}`;
    expect(await call({ listingIds: ['1', '2'] }, { url })).toMatchObject({ count: 1, average: 4, skipped: 1 });
    server.answer = () => rows(stars(5));
    const failure = await failed(call({ listingIds: ['1', '2'] }, { url }));
    expect(failure).toMatchObject({ nonRetryable: true, message: expect.stringMatching(/none of its 2 records fits/) as string });
  });

  it.each([
    ['a wrong key', { status: 401, json: { error: KEY } }, /it refuses the key \(401\)/, true, undefined],
    ['too many requests', { status: 429, headers: { 'retry-after': '3' }, json: {} }, /too many requests \(429\)/, false, 3_000],
    ['a service that is down', { status: 500, text: KEY }, /it cannot answer now \(500\)/, false, undefined],
    ['no rows where they should be', { json: { data: { items: 'none' } } }, /it has no records at "data\.items"/, true, undefined],
    ['rows of which none fits', { json: { data: { items: [{ stars: 5 }, { stars: 4 }] } } }, /none of its 2 records fits/, true, undefined],
    ['silence', { silent: true }, /it did not answer within 150 ms/, false, undefined],
  ])('fails clearly on %s and tells no key', async (_, reply, message, nonRetryable, nextRetryDelay) => {
    server.answer = () => reply;
    // A short limit only where it is what is tried: a busy machine may take longer to answer.
    const failure = await failed(call({}, 'silent' in reply ? { timeoutMs: 150 } : {}));
    expect(failure).toMatchObject({ type: 'ToolFailed', nonRetryable, message: expect.stringMatching(message) as string });
    expect(failure).toMatchObject({ nextRetryDelay });
    expect(failure.message).not.toContain(KEY);
  });

  it('fits its limit with the longest reviews of the largest number', async () => {
    server.answer = () =>
      rows(...Array.from({ length: 150 }, () => review('1', 5, { heading: '題'.repeat(900), body_html: '文'.repeat(3_000) })));
    const { reviews, count } = await call({ limit: 100 });
    expect([reviews.length, count, reviews[0]?.text.length]).toEqual([100, 150, 1_000]);
  });
});
