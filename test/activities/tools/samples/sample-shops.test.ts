import { SAMPLE_SHOPS } from '../../../../activities/tools/samples/sample-listing';
import { sampleListings, sampleReviews } from '../../../../activities/tools/samples/sample-shops';
import { SAMPLE_KITCHEN } from '../../../../activities/tools/samples/shop-kitchen';
import { SAMPLE_ROOMS } from '../../../../activities/tools/samples/shop-rooms';
import { SAMPLE_TRAVEL } from '../../../../activities/tools/samples/shop-travel';

const categories = [...SAMPLE_KITCHEN, ...SAMPLE_TRAVEL, ...SAMPLE_ROOMS];

describe('the sample shops', () => {
  it('sell thirty products of six kinds in five shops, each kind in each shop', () => {
    expect(categories).toHaveLength(6);
    for (const { listings } of categories) expect(listings.map(({ shop }) => shop).sort()).toEqual(Object.keys(SAMPLE_SHOPS).sort());
  });

  it('have addresses that can never exist, prices, and reviews of every product', () => {
    for (const address of Object.values(SAMPLE_SHOPS)) expect(new URL(address).hostname).toMatch(/\.example$/);
    for (const { price, compareAtPrice = Infinity, reviews, title } of categories.flatMap(({ listings }) => listings)) {
      expect([title, price > 0 && compareAtPrice > price, reviews.length >= 2]).toEqual([title, true, true]);
    }
  });
});

describe('sampleListings()', () => {
  it.each(['kettle', 'coffee grinders', 'water bottle', 'lamp', 'backpacks', 'desk chair'])('finds %s in every shop', (query) => {
    const first = sampleListings({ query }).slice(0, 5);
    expect(new Set(first.map(({ shop }) => shop)).size).toBe(5);
    expect(first.every(({ id }) => id.startsWith('sample-') && !id.startsWith('sample-item-'))).toBe(true);
  });

  it('puts what fits best first', () => {
    expect(sampleListings({ query: 'gooseneck kettle' })[0]?.title).toBe('Ember Gooseneck Kettle');
  });

  it('makes up products named after a query that nothing fits, the same in every call', () => {
    const made = sampleListings({ query: 'yoga mat (blue)' });
    expect(made.map(({ title }) => title)).toContain('Tidewater Yoga Mat Blue');
    expect(new Set(made.map(({ shop }) => shop)).size).toBe(5);
    expect(new Set(made.map(({ id }) => id)).size).toBe(5);
    expect(new Set(made.map(({ price }) => price)).size).toBeGreaterThan(1);
    expect(sampleListings({ query: 'yoga mat (blue)' })).toEqual(made);
    expect(sampleListings({ query: '!!!' })).toHaveLength(5);
  });

  it('looks in one shop; one that it does not know is stood for by one of its own, always the same', () => {
    expect(sampleListings({ query: 'kettle', shop: 'copper & OAK' }).map(({ shop }) => shop)).toEqual(['Copper & Oak']);
    const stood = sampleListings({ query: 'kettle', shop: 'Acme' });
    expect(stood).toHaveLength(1);
    expect(Object.keys(SAMPLE_SHOPS)).toContain(stood[0]?.shop);
    expect(sampleListings({ query: 'kettle', shop: ' acme' })).toEqual(stood);
    expect(sampleListings({ query: 'leather backpack', shop: 'Harbor Home' }).length).toBeGreaterThan(0);
  });
});

describe('sampleReviews()', () => {
  it('returns the reviews of the listings that the same query finds', () => {
    const ids = sampleListings({ query: 'kettle' }).map(({ id }) => id);
    const reviews = sampleReviews('kettle');
    expect(new Set(reviews.map(({ listingId }) => listingId))).toEqual(new Set(ids));
    expect(sampleReviews('anything', ids)).toEqual(reviews);
  });

  it('has reviews of the products that it made up, and none of products of others', () => {
    const [made] = sampleListings({ query: 'yoga mat' });
    expect(sampleReviews('x', [made?.id ?? ''])).toHaveLength(3);
    expect(sampleReviews('yoga mat').filter(({ listingId }) => listingId === made?.id)).toEqual(sampleReviews('x', [made?.id ?? '']));
    expect(sampleReviews('kettle', ['632910392', 'sample-kettle-99'])).toEqual([]);
  });
});
