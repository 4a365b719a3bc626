import {
  factsOf,
  keywordFindings,
  keywordsIn,
  placedTexts,
  productOf,
  settled,
  titleFindings,
} from '../../../workflows/pipelines/product-launch-texts';

const texts = {
  title: 'Fellside Insulated Water Bottle',
  description: 'For hikers. The wide-mouth bottle takes ice.',
  bullets: ['Steel bottles last', 'b', 'c', 'd', 'e'],
  metaDescription: 'An insulated  water bottle of steel.',
};
const input = {
  name: 'Fellside',
  attributes: { material: 'steel', weight: 380, dishwasherSafe: 'No', vacuum: 'yes' },
  keywords: ['a'],
  cost: 1,
  marginFloorPercent: 30,
  currency: 'USD',
  titleCharacters: 40,
  metaCharacters: 90,
};

describe('factsOf()', () => {
  it('has every field of the product data and no keyword, with yes and no as truth values', () => {
    expect(factsOf({ ...input, category: 'Bottles', description: 'Holds ice' })).toEqual([
      { field: 'name', value: 'Fellside' },
      { field: 'category', value: 'Bottles' },
      { field: 'description', value: 'Holds ice' },
      { field: 'attributes.material', value: 'steel' },
      { field: 'attributes.weight', value: 380, kind: 'number' },
      { field: 'attributes.weight', value: 380, kind: 'percent' },
      { field: 'attributes.dishwasherSafe', value: false },
      { field: 'attributes.vacuum', value: true },
    ]);
    expect(productOf(input)).toEqual({ name: 'Fellside', attributes: input.attributes });
  });
});

describe('placedTexts()', () => {
  it('names every text of the page by its field, each with its limit', () => {
    const placed = placedTexts(texts, input);
    expect(placed.map(({ place }) => place)).toEqual([
      'title',
      'description',
      'bullets[0]',
      'bullets[1]',
      'bullets[2]',
      'bullets[3]',
      'bullets[4]',
      'metaDescription',
    ]);
    expect(placed.map(({ maxCharacters }) => maxCharacters)).toEqual([40, 1_800, 180, 180, 180, 180, 180, 90]);
  });
});

describe('keywordsIn()', () => {
  it.each([
    ['insulated water bottle', true],
    ['INSULATED WATER-BOTTLE', true],
    ['steel bottle', true],
    ['wide mouth bottle', true],
    ['insulated', true],
    ['water bottl', false],
    ['bottle water', false],
    ['ice cream', false],
  ])('finds "%s" word for word: %s', (keyword, found) => {
    expect(keywordsIn(texts, [keyword])).toEqual(found ? [keyword] : []);
  });
});

describe('keywordFindings()', () => {
  it('has nothing against texts with the first keyword in title and meta description and the next four anywhere', () => {
    expect(keywordFindings(texts, ['insulated water bottle', 'hiker', 'ice', 'steel', 'wide mouth', 'unused sixth'])).toEqual([]);
  });

  it('asks for nothing when no keyword may be used', () => expect(keywordFindings(texts, [])).toEqual([]));

  it('says which keyword is missing where', () => {
    const found = keywordFindings(texts, ['wide mouth', 'steel', 'copper']);
    expect(found.map(({ check, place, rule }) => [check, place, rule])).toEqual([
      ['keyword', 'title', 'must contain the first keyword "wide mouth"'],
      ['keyword', 'metaDescription', 'must contain the first keyword "wide mouth"'],
      ['keyword', 'description', 'the keyword "copper" stands in no text; use it here or in a bullet'],
    ]);
  });
});

describe('titleFindings()', () => {
  it.each([
    [
      'BEST Bottle EVER made',
      [
        ['BEST', 0],
        ['EVER', 12],
      ],
    ],
    ['Bottle 🔥 of steel', [['🔥', 7]]],
    ['Bottle ❤️', [['❤', 7]]],
    ['Bottle\nof steel', [['', 6]]],
    ['BUY-NOW bottle', [['BUY-NOW', 0]]],
  ])('objects to %j', (title, expected) => {
    expect(titleFindings(title, '').map(({ phrase, at }) => [phrase, at])).toEqual(expected);
  });

  it.each(['Fellside® Bottle™ 2', 'USB-C lamp with LED', 'ACME1 bottle by FELLSIDE', 'McKay’s Bottle'])('lets "%s" pass', (title) => {
    expect(titleFindings(title, 'Made by FELLSIDE, model ACME1; USB-C')).toEqual([]);
  });
});

describe('settled()', () => {
  const finding = (phrase: string, rule = 'r') => ({ check: 'figure', phrase, rule, place: 'title', at: 0 });

  it('tells each finding once, with the round that found it and whether the last texts still have it', () => {
    const found = settled(
      [
        [finding('a'), finding('b')],
        [finding('b'), finding('c')],
      ],
      [finding('b'), finding('d')],
    );
    expect(found.map(({ phrase, round, settled: how }) => [phrase, round, how])).toEqual([
      ['a', 1, 'rewritten'],
      ['b', 1, 'open'],
      ['c', 2, 'rewritten'],
      ['d', 3, 'open'],
    ]);
  });

  it('tells findings on a text as a whole apart by their rule', () => {
    expect(settled([[finding('', 'too long')]], [finding('', 'no keyword')])).toHaveLength(2);
  });
});
