import {
  applyEdit,
  isBlocking,
  linesOfEdit,
  logRound,
  refusesEdit,
  type RaisedFinding,
} from '../../../workflows/pipelines/listing-findings';
import type { Draft } from '../../../workflows/pipelines/listing-texts';

const mls = (text: string): Draft => ({ name: 'mlsDescription', lines: [{ place: 'mlsDescription', text, maxCharacters: 60 }] });
const caption = (text: string): Draft => ({ name: 'captions.x', lines: [{ place: 'captions.x', text, maxCharacters: 20 }] });
const sheet: Draft = {
  name: 'highlights',
  lines: ['Deck', 'Two cars'].map((text, at) => ({ place: `highlights[${at}].text`, text, maxCharacters: 20, field: `f${at}` })),
};
const finding = (phrase: string, more: Partial<RaisedFinding> = {}): RaisedFinding => ({
  check: 'fairHousing',
  phrase,
  rule: 'r',
  place: 'mlsDescription',
  at: 0,
  ...more,
});

describe('logRound()', () => {
  const first = logRound([], {
    drafts: [mls('Ideal for families at $5'), caption('Deck')],
    found: [
      finding('Ideal for families'),
      finding('$5', { check: 'figure' }),
      finding('Deck', { check: 'brandReviewer', place: 'captions.x' }),
    ],
    round: 0,
    goneBy: 'rewritten',
  });
  const states = (log: typeof first) => log.map(({ phrase, round, settled }) => [phrase, round, settled]);

  it('opens what is found', () => {
    expect(states(first)).toEqual([
      ['Ideal for families', 0, 'open'],
      ['$5', 0, 'open'],
      ['Deck', 0, 'open'],
    ]);
  });

  it('settles what is gone from a text that was written again, and has what stands there again once, with its first round', () => {
    const second = logRound(first, {
      drafts: [mls('A home at $5')],
      found: [finding('$5', { check: 'figure' })],
      round: 1,
      goneBy: 'rewritten',
    });
    expect(states(second)).toEqual([
      ['Ideal for families', 0, 'rewritten'],
      ['Deck', 0, 'open'],
      ['$5', 0, 'open'],
    ]);
  });

  it('keeps open what a check that did not look again objected to, as long as its words stand', () => {
    const edited = (text: string) =>
      states(logRound(first, { drafts: [caption(text)], found: [], round: 1, goneBy: 'edited by person', notAsked: ['brandReviewer'] }))[2];
    expect(edited('A Deck')).toEqual(['Deck', 0, 'open']);
    expect(edited('A porch')).toEqual(['Deck', 0, 'edited by person']);
  });
});

describe('isBlocking()', () => {
  it.each([
    ['prohibited', finding('x', { severity: 'prohibited' }), true],
    ['risky', finding('x', { severity: 'risky' }), false],
    ['a figure from nowhere', finding('x', { check: 'figure' }), true],
    ['an attribute', finding('x', { check: 'attribute' }), false],
  ])('%s', (_, one, blocks) => expect(isBlocking(one)).toBe(blocks));
});

describe('refusesEdit()', () => {
  const lines = [...mls('A home').lines, ...caption('Deck').lines];

  it.each([
    ['no list', 'text', 'the edit must be a list of { place, text }, like "texts" of the proposal'],
    ['an empty list', [], 'the edit must be a list of { place, text }, like "texts" of the proposal'],
    ['no text', [{ place: 'captions.x' }], 'the edit must be a list of { place, text }, like "texts" of the proposal'],
    ['an unknown place', [{ place: 'title', text: 'x' }], 'there is no text at "title"; the places are "mlsDescription", "captions.x"'],
    ['an empty text', [{ place: 'captions.x', text: ' ' }], 'the text at "captions.x" must not be empty'],
    ['too long a text', [{ place: 'captions.x', text: 'x'.repeat(21) }], 'the text at "captions.x" has 21 characters and 20 are allowed'],
    [
      'a place twice',
      [
        { place: 'captions.x', text: 'x' },
        { place: 'captions.x', text: 'y' },
      ],
      'no place may stand in the list twice',
    ],
  ])('refuses %s', (_, edit, why) => expect(refusesEdit(edit, lines)).toBe(why));

  it('takes a part of the proposal, its findings still in it, or the whole of it', () => {
    const edit = [{ place: 'captions.x', text: 'A deck', findings: ['f'] }];
    expect(refusesEdit(edit, lines)).toBeUndefined();
    expect(refusesEdit({ price: 'p', texts: edit }, lines)).toBeUndefined();
    expect(linesOfEdit({ texts: edit })).toEqual(linesOfEdit(edit));
    expect(refusesEdit({ texts: 'A deck' }, lines)).toContain('must be a list');
  });
});

describe('applyEdit()', () => {
  it('changes the edited lines and says which texts are others now', () => {
    const drafts = [mls('A home'), caption('Deck'), sheet];
    const edit = [
      { place: 'mlsDescription', text: ' A home ' },
      { place: 'highlights[1].text', text: 'One car' },
    ];
    const { drafts: after, changed } = applyEdit(drafts, edit);
    expect(after.map(({ lines }) => lines.map(({ text }) => text))).toEqual([['A home'], ['Deck'], ['Deck', 'One car']]);
    expect(changed.map(({ name }) => name)).toEqual(['highlights']);
    expect(after[2]?.lines[1]).toMatchObject({ field: 'f1', maxCharacters: 20 });
  });
});
