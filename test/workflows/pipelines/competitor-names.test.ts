import { distinctCompetitors, normalizedName } from '../../../workflows/pipelines/competitor-names';

describe('normalizedName()', () => {
  it.each([
    [['Acme, Inc.', 'ACME', 'acme.com', 'https://www.acme.com', 'The Acme Company', 'Ácme GmbH & Co. KG'], 'acme'],
    [['Tally & Sons', 'tally-sons', 'Tally  Sons Ltd.'], 'tallysons'],
    [['Co', 'CO Inc'], 'co'],
    [['The', 'the'], 'the'],
    [['日本電気', '日本電気'], '日本電気'],
  ])('of %j is %s', (names, expected) => {
    expect(names.map(normalizedName)).toEqual(names.map(() => expected));
  });

  it('keeps names apart that only begin alike', () => {
    const names = ['Acme', 'Acme Cloud', 'Acme2', 'Monday.com', 'Sunday.com'];
    expect(new Set(names.map(normalizedName)).size).toBe(names.length);
  });
});

describe('distinctCompetitors()', () => {
  it('lists each once under its first spelling, with the first address that is known, and leaves ours out', () => {
    const listed = [
      { name: 'Acme, Inc.' },
      { name: 'Dovetail', url: 'https://dovetail.test' },
      { name: 'acme.com', url: 'https://acme.test' },
      { name: 'ACME', url: 'https://other.test' },
      { name: 'Acme, Inc.' },
      { name: 'QuillBill' },
    ];
    expect(distinctCompetitors(listed, 'Quillbill Ltd')).toEqual([
      { id: 'acme-inc', name: 'Acme, Inc.', url: 'https://acme.test', alsoCalled: ['acme.com', 'ACME'] },
      { id: 'dovetail', name: 'Dovetail', url: 'https://dovetail.test', alsoCalled: [] },
    ]);
  });

  it('gives every one an id of its own, whatever its name is made of', () => {
    const names = ['A+B', 'A-B-', '日本', '中国', '!!!', '???', `${'x'.repeat(30)}1`, `${'x'.repeat(30)}2`];
    const distinct = distinctCompetitors(names.map((name) => ({ name })));
    // The first two are one name by what counts in it.
    expect(distinct).toHaveLength(names.length - 1);
    expect(new Set(distinct.map(({ id }) => id)).size).toBe(distinct.length);
    for (const { id } of distinct) expect(id).toMatch(/^[a-z0-9-]+$/);
  });

  it('of nothing is nothing', () => {
    expect(distinctCompetitors([], 'Acme')).toEqual([]);
  });
});
