import { checkSection, problemsIn, withKnownReferences, wordsOf } from '../../../workflows/pipelines/section-text';

const grounds = {
  heading: 'Who is cheap',
  facts: [
    { claim: 'Acme costs $12.00 per month', sources: [1, 2] },
    { claim: 'Half of 40 testers stay, 12% leave', sources: [4] },
  ],
  told: ['Invoicing in 3 countries'],
  names: ['Plan 9'],
};
const checked = (body: string) => checkSection(body, grounds);

describe('withKnownReferences()', () => {
  const known = new Set([1, 2, 3, 4]);
  it.each([
    ['A [1] and B [2].', 'A [1] and B [2].', [1, 2], []],
    ['A [1, 2; 9].', 'A [1][2].', [1, 2], ['[9]']],
    ['A [2-4].', 'A [2][3][4].', [2, 3, 4], []],
    ['A [1–2].', 'A [1][2].', [1, 2], []],
    ['A.\n\n[9] B.\n[1]', 'A.\n\n B.\n[1]', [1], ['[9]']],
    ['A [7]. B [8][1].', 'A. B[1].', [1], ['[7]', '[8]']],
    ['A [1](https://x.test) and list[0].', 'A [1](https://x.test) and list.', [], ['[0]']],
    ['A [1-999999].', 'A [1-999999].', [], []],
    ['No references, [ 1 ], [one], [].', 'No references, [ 1 ], [one], [].', [], []],
  ])('of %j are %j', (text, expected, references, unknown) => {
    expect(withKnownReferences(text, known)).toEqual({ text: expected, references, unknown });
  });

  it('does not choke on a range of a whole library', () => {
    const { unknown, references } = withKnownReferences('[1-9999]', known);
    expect(references).toEqual([1, 2, 3, 4]);
    expect(unknown.length).toBeLessThan(60);
  });
});

describe('checkSection()', () => {
  it('lets pass what stands in the facts', () => {
    const body = 'Acme costs $12 a month [1]. Of 40 testers 12 % leave [4]; Plan 9 is sold in 3 countries.';
    expect(checked(body)).toEqual({ text: body, references: [1, 4], untraced: [] });
  });

  it('finds figures that are in no fact and takes references and links out that lead nowhere', () => {
    const { text, references, untraced } = checked(
      'It costs $13 [1][3]. See [their page](https://acme.test/a "title") or https://acme.test/b, 99% do. ![logo](https://acme.test/c)',
    );
    expect(text).toBe('It costs $13 [1]. See their page or , 99% do. logo');
    expect(references).toEqual([1]);
    expect(untraced).toEqual([
      { kind: 'figure', text: '$13' },
      { kind: 'figure', text: '99%' },
      { kind: 'reference', text: '[3]' },
      { kind: 'link', text: '[their page](https://acme.test/a "title")' },
      { kind: 'link', text: '![logo](https://acme.test/c)' },
      { kind: 'link', text: 'https://acme.test/b' },
    ]);
    expect(problemsIn(untraced)[0]).toBe('"$13" stands in no fact');
  });

  it.each([
    ['## Who is cheap?\n\nText here.', 'Text here.'],
    ['# Part\n\nText\n\n## Other\n\n#### Deep', '### Part\n\nText\n\n### Other\n\n#### Deep'],
    ['Text\n\n# Who is cheap', 'Text\n\n### Who is cheap'],
    ['#hashtag stays', '#hashtag stays'],
  ])('keeps headings below its own: %j', (body, text) => {
    expect(checked(body).text).toBe(text);
  });

  it('finds a figure in the heading', () => {
    const { untraced } = checkSection('Calm text.', { ...grounds, heading: 'Up by 300% in 3 countries' });
    expect(untraced).toEqual([{ kind: 'figure', text: '300%' }]);
  });

  it('takes no reference for a figure', () => {
    expect(checkSection('Said [17].', { ...grounds, facts: [{ claim: 'Said', sources: [17] }] }).untraced).toEqual([]);
  });
});

describe('wordsOf()', () => {
  it.each([
    ['', 0],
    ['one', 1],
    ['## One – two\n\n- three | four', 4],
  ])('of %j are %d', (text, words) => {
    expect(wordsOf(text)).toBe(words);
  });
});
