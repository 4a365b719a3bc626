import { rankByWords, searchWords } from '../../../../activities/tools/connectors/relevance';

describe('searchWords()', () => {
  it.each([
    ['Electric Kettles for the Kitchen', ['electric', 'kettle', 'kitchen']],
    ['cafés, berries & boxes', ['cafe', 'berry', 'box']],
    ['gas bus glass 4-cup', ['gas', 'bus', 'glass', '4', 'cup']],
    ['kettle kettles KETTLE', ['kettle']],
    ['電気ケトル', ['電気', 'ケトル']],
    ['the of — !', []],
  ])('of %j are %j', (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });

  it('looks at the beginning of a text that is longer than any title', () => {
    // Looking for words in all of these would take gigabytes.
    expect(searchWords('ケトル'.repeat(300_000)).length).toBeLessThan(1_000);
    expect(searchWords(`kettle ${'x '.repeat(500_000)} lamp`)).toEqual(['kettle', 'x']);
  });
});

describe('rankByWords()', () => {
  const items = [
    { title: 'Cup', type: 'Cups', tags: ['kettle'] },
    { title: 'Tea tin', type: 'Tins', tags: ['tea'] },
    { title: 'Ember', type: 'Kettles' },
    { title: 'Kettle descaler', type: 'Cleaning' },
    { title: 'Electric kettle', type: 'Kettles', vendor: 'Acme' },
    { title: 'Electric blanket', type: 'Bedding' },
  ];
  const titles = (query: string) => rankByWords(query, items, (item) => item).map(({ title }) => title);

  it('puts more words before better places, and title before type before tags', () => {
    expect(titles('kettles')).toEqual(['Electric kettle', 'Kettle descaler', 'Ember', 'Cup']);
    expect(titles('electric kettle')).toEqual(['Electric kettle', 'Kettle descaler', 'Electric blanket', 'Ember', 'Cup']);
  });

  it('leaves out what has fewer than half of the words', () => {
    expect(titles('acme electric kettle')).toEqual(['Electric kettle']);
    expect(titles('desk lamp')).toEqual([]);
  });

  it('keeps the order of equals, and all of them for a query that says nothing', () => {
    const same = ['a', 'b', 'c'].map((id) => ({ id, title: 'Kettle' }));
    expect(rankByWords('kettle', same, (item) => item)).toEqual(same);
    expect(rankByWords('the', same, (item) => item)).toEqual(same);
  });
});
