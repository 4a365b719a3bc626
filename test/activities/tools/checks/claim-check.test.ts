import fc from 'fast-check';

import { claimCheck } from '../../../../activities/tools/checks/claim-check';
import type { ToolContext } from '../../../../activities/tools/define-tool';

const context = {} as ToolContext; // the tool is pure

type Input = Parameters<typeof claimCheck.input.parse>[0];
type Value = string | number | boolean | string[];
const run = async (input: Input) => claimCheck.output.parse(await claimCheck.run(claimCheck.input.parse(input), context));
const factsOf = (facts: Record<string, Value>) => Object.entries(facts).map(([field, value]) => ({ field, value }));
const check = (text: string, facts: Record<string, Value> = {}, names: string[] = []) =>
  run({ texts: [{ place: 'text', text }], facts: factsOf(facts), names });
const objections = async (text: string, facts: Record<string, Value> = {}) =>
  (await check(text, facts)).findings.map(({ check: by, phrase }) => `${by}: ${phrase}`);

const home = {
  bedrooms: 3,
  bathrooms: 2.5,
  livingAreaSqft: 2412,
  lotSizeSqft: 10890,
  yearBuilt: 1926,
  stories: 2,
  garageSpaces: 4,
  listPrice: 849000,
  hoaMonthly: 320,
  availableDate: '2026-12-01',
  features: ['four fireplaces', 'oak floors', 'no basement', 'front patio', 'back patio'],
};

describe('claimCheck, figures', () => {
  it.each([
    '3 bedrooms',
    'three sunny bedrooms',
    'a three-bedroom home',
    '3BR/2.5BA',
    '2½ baths',
    '2 1/2 baths',
    'two and a half baths',
    'two full baths and a half bath',
    '2,412 sq. ft.',
    '2412 square feet',
    'about 2,400 square feet',
    'nearly 2,420 sq ft',
    'over 2,400 sq ft',
    '2,400+ sq ft',
    'a quarter-acre lot',
    '0.25 acres',
    'on .25 ac',
    'built in 1926',
    'a house of the 1920s',
    'two-story',
    'a four-car garage',
    'four fireplaces',
    'two patios',
    '$849,000',
    '$849K',
    'HOA dues of $320',
    'December 1, 2026',
    'available Dec. 1',
    'the second floor',
    'one of a kind, and two steps up',
  ])('traces "%s"', async (text) => {
    expect((await objections(text, home)).filter((found) => found.startsWith('figure'))).toEqual([]);
  });

  it.each([
    ['4 bedrooms', '4 bedrooms'],
    ['four-bedroom home', 'four-bedroom'],
    ['3 baths', '3 baths'],
    ['2,400 square feet', '2,400 square feet'],
    ['about 2,300 square feet', '2,300 square feet'],
    ['over 2,500 sq ft', '2,500 sq ft'],
    ['a half-acre lot', 'half-acre'],
    ['on .46 ac', '.46 ac'],
    ['built in 1927', '1927'],
    ['a house of the 1930s', '1930s'],
    ['three-story', 'three-story'],
    ['a three-car garage', 'three-car'],
    ['three fireplaces', 'three fireplaces'],
    ['three patios', 'three patios'],
    ['$849,100', '$849,100'],
    ['HOA dues of $849,000', '$849,000'],
    ['December 2, 2026', 'December 2, 2026'],
    ['call 555-0142', '555-0142'],
    ['24/7 service', '24/7'],
    ['rated IPX7', 'IPX7'],
    ['12 percent', '12 percent'],
  ])('objects to "%s"', async (text, phrase) => {
    expect(await objections(text, home)).toContain(`figure: ${phrase}`);
  });

  it.each([
    ['1.7 oz', { volumeMl: 50 }],
    ['1.1 lb', { weightGrams: 500 }],
    ['a ten-year guarantee', { warranty: 'guaranteed for 10 years' }],
    ['half an hour', { assemblyMinutes: 30 }],
    ['One hundred ninety-two pages', { pages: 192 }],
    ['from 24.5 to 50 inches', { heightRangeInches: '24.5-50' }],
    ['rated 4.6/5', { rating: 4.6 }],
    ['IPX7', { rating: 'IPX7' }],
    ['3-in-1', { function: '3-in-1 tool' }],
    ['25% off', { discountPercent: 25 }],
    ['1. Wash it\n2. Dry it', {}],
  ])('traces "%s" of %j', async (text, facts) => {
    expect((await objections(text, facts)).filter((found) => found.startsWith('figure'))).toEqual([]);
  });

  it('says which fact has each figure, and that names are none', async () => {
    const { traced, findings } = await check(
      'The K-200 at 1420 Maple Street costs $49.90.',
      { price: 49.9, address: '1420 Maple Street' },
      ['K-200'],
    );
    expect({ traced, findings }).toEqual({ traced: [{ place: 'text', claim: '$49.90', field: 'price' }], findings: [] });
  });

  it.each([
    ['Offered at €549,000.', ['figure: €549,000']],
    ['Offered at 549,000 EUR.', ['figure: 549,000 EUR']],
    ['Offered at five hundred euros.', ['figure: five hundred euros']],
    ['Offered at $549,000, or 500 dollars a night, or USD 500.', []],
  ])('takes no amount of a fact for one in another currency: "%s"', async (text, expected) => {
    const usd = [
      { field: 'askingPrice', value: 549_000, kind: 'money' as const, currency: 'USD' },
      { field: 'nightly', value: 'from $500' },
    ];
    const { findings } = await run({ texts: [{ place: 'text', text }], facts: usd });
    expect(findings.filter(({ check: by }) => by === 'figure').map(({ check: by, phrase }) => `${by}: ${phrase}`)).toEqual(expected);
  });

  it('needs the kind that a fact has', async () => {
    const facts = [{ field: 'value', value: 20, kind: 'percent' as const }];
    const of = async (text: string) => (await run({ texts: [{ place: 'a', text }], facts })).findings.length;
    expect([await of('20% off'), await of('$20 off'), await of('20 off')]).toEqual([0, 1, 0]);
  });
});

describe('claimCheck, attributes', () => {
  it.each([
    ['Hardwood floors', { features: ['oak floors'] }, 'features'],
    ['a swimming pool', { features: ['pool'] }, 'features'],
    ['a pool', { hasPool: true }, 'hasPool'],
    ['stainless appliances', { kitchen: 'stainless steel appliances' }, 'kitchen'],
    ['noise cancellation', { features: ['active noise cancelling'] }, 'features'],
    ['BPA-free', { bpaFree: true }, 'bpaFree'],
    ['free of BPA', { materials: 'no BPA' }, 'materials'],
    ['water-resistant', { shell: 'waterproof nylon' }, 'shell'],
    ['made in the USA', { origin: 'Made in USA' }, 'origin'],
    ['woven in Portugal', { origin: 'woven in Portugal' }, 'origin'],
    ['quartz countertops', { features: ['quartz counters'] }, 'features'],
  ])('traces "%s" to %j', async (text, facts: Record<string, Value>, field) => {
    const { findings, traced } = await check(text, facts);
    expect([findings, traced.map((trace) => trace.field)]).toEqual([[], expect.arrayContaining([field]) as string[]]);
  });

  it.each([
    ['granite countertops', { features: ['quartz counters'] }],
    ['a pool', { features: ['no pool'] }],
    ['a pool', { pool: false }],
    ['a pool', { pool: 'none' }],
    ['oak floors', { address: '12 Oak Street' }],
    ['waterproof', { coating: 'water-resistant' }],
    ['crush-proof', {}],
    ['self-cleaning', {}],
    ['made of titanium', { material: 'steel' }],
    ['made in Italy', { origin: 'Portugal' }],
    ['comes with a trampoline', {}],
    ['near Drake Park', { city: 'Bend' }],
    ['a Viking range', { features: ['gas range'] }],
    ['award-winning', {}],
    ['FDA approved', {}],
    ['a lifetime warranty', { warranty: '2-year warranty' }],
  ])('objects to "%s" with %j', async (text, facts) => {
    expect(await objections(text, facts)).toContainEqual(expect.stringMatching(/^attribute: /));
  });

  it.each([
    'No pool, no granite',
    'room for a pool',
    'It sears like cast iron',
    'Silver linings on Maple Street',
    'a warm welcome on a quiet street',
    'worry-free mornings',
    'Sunday coffee in July',
    'without plastic',
  ])('has nothing against "%s"', async (text) => {
    expect(await objections(text, { address: '9 Maple Street', title: 'Silver linings' })).toEqual([]);
  });
});

describe('claimCheck, limits, filler and echoes', () => {
  const limits = async (text: string, limit: object) => (await run({ texts: [{ place: 'caption', text, ...limit }], facts: [] })).findings;

  it('counts characters as readers do and quotes what is over', async () => {
    expect(await limits('Home 👨‍👩‍👧👍🏽é', { maxCharacters: 8, minCharacters: 8 })).toEqual([]);
    expect(await limits('Home 👨‍👩‍👧👍🏽', { maxCharacters: 6 })).toEqual([
      { check: 'limit', phrase: '👍🏽', rule: 'At most 6 characters; it has 7', place: 'caption', at: 13 },
    ]);
    expect(await limits('Home', { minCharacters: 5 })).toEqual([
      { check: 'limit', phrase: '', rule: 'At least 5 characters; it has 4', place: 'caption', at: 0 },
    ]);
  });

  it.each([
    'Nestled in the heart of town',
    'Look no further',
    'ELEVATE YOUR mornings',
    'In today’s fast-paced world',
    "Don't miss out",
    'Lorem ipsum',
    'TODO: price',
    'Price TBD',
    '[insert photo]',
    'Hello {{name}}',
    'Unlock endless possibilities',
  ])('finds filler in "%s"', async (text) => expect(await objections(text)).toContainEqual(expect.stringMatching(/^filler: /)));

  it.each([
    'As an AI, I like it',
    'Sure! It is nice',
    'Here is the description',
    '```json',
    '<facts>It is nice</facts>',
    '{"title": "Nice"}',
    'mlsDescription: nice',
    'meta_description nice',
    'Nice, at most 155 characters',
    'I hope this helps',
  ])('finds an echo in "%s"', async (text) => expect(await objections(text)).toContainEqual(expect.stringMatching(/^echo: /)));

  it.each([
    'Plug in your iPhone',
    'Sold on eBay',
    'Here is where mornings begin',
    'The heart of the home is the kitchen',
    'Made for the world we live in',
  ])('finds neither in "%s"', async (text) =>
    expect((await objections(text)).filter((found) => !found.startsWith('attribute'))).toEqual([]),
  );
});

describe('claimCheck, whatever it is given', () => {
  it('quotes what stands at the place that it names', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 80 }), async (noise) => {
        const text = `${noise}. A granite island and 14 ovens; look no further {{x}}`;
        for (const { at, phrase } of (await check(text)).findings) expect(text.slice(at, at + phrase.length)).toBe(phrase);
      }),
    );
  });

  it.each([
    ['claims', 'granite '],
    ['figures', '12 a1 1/2 '],
    ['compounds', 'x-free self-made '],
    ['openings', 'made of {" <a [insert '],
    ['names', 'a Bosch in Paris '],
    ['units', 'three and a half sq ft '],
    ['months', 'Jan 1 Sept. 2nd '],
    ['underscores', 'a_'],
    ['digits', '1,'],
  ])('copes with 100,000 characters of %s', async (_, part) => {
    const { findings, traced } = await check(part.repeat(Math.ceil(100_000 / part.length)).slice(0, 100_000), home);
    expect(findings.length + traced.length).toBeLessThanOrEqual(401);
  });
});
