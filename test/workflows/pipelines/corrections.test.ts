import fc from 'fast-check';

import { applyCorrections, type Correction, type SettledCorrection } from '../../../workflows/pipelines/corrections';

const DRAFT = 'Heat pumps move heat. They were invented in 1930. They save money, and they save money in winter too.';

const correction = (quote: string, replacement: string, id = 'c1'): Correction => ({ id, quote, replacement, reason: 'because' });
const settle = (facts: readonly Correction[], edits: readonly Correction[] = [], draft = DRAFT) =>
  applyCorrections(draft, [
    { by: 'factChecker', corrections: facts },
    { by: 'copyEditor', corrections: edits },
  ]);

describe('applyCorrections()', () => {
  it('applies both reviewers and says where each correction is to be found', () => {
    const { text, corrections } = settle(
      [correction('in 1930', 'in the 1850s')],
      [correction('Heat pumps move heat.', 'A heat pump moves heat.')],
    );
    expect(text).toBe('A heat pump moves heat. They were invented in the 1850s. They save money, and they save money in winter too.');
    expect(corrections).toEqual([
      expect.objectContaining({ by: 'factChecker', applied: true, notApplied: null, draftAt: 41, textAt: text.indexOf('in the 1850s') }),
      expect.objectContaining({ by: 'copyEditor', applied: true, notApplied: null, draftAt: 0, textAt: 0 }),
    ]);
  });

  it('lets the fact checker prevail where both change the same words, whoever quotes more', () => {
    const { text, corrections } = settle(
      [correction('invented in 1930', 'invented in the 1850s', 'f')],
      [correction('They were invented in 1930.', 'Inventors made them in 1930.', 'e')],
    );
    expect(text).toContain('They were invented in the 1850s.');
    expect(corrections[1]).toMatchObject({
      applied: false,
      notApplied: '"f" of factChecker changes the same words and prevails',
      textAt: null,
    });
  });

  it.each([
    ['', 'x', 'it quotes nothing'],
    ['in 1931', 'x', 'the draft does not contain the quoted text'],
    ['save money', 'x', 'the quoted text occurs more than once in the draft'],
    ['in 1930', 'in 1930', 'it changes nothing'],
  ])('does not apply "%s" → "%s": %s', (quote, replacement, notApplied) => {
    const { text, corrections } = settle([correction(quote, replacement)]);
    expect(text).toBe(DRAFT);
    expect(corrections).toEqual([expect.objectContaining({ applied: false, notApplied })]);
  });

  it('tells corrections of one id apart', () => {
    const { corrections } = settle([correction('Heat', 'Warm'), correction('1930', '1850'), correction('1930.', '1851.')]);
    expect(corrections.map(({ id }) => id)).toEqual(['c1', 'c1#2', 'c1#3']);
    expect(corrections[2]?.notApplied).toBe('"c1#2" of factChecker changes the same words and prevails');
  });

  it('does not take characters of a replacement for patterns, nor correct what a correction wrote', () => {
    const { text } = settle([correction('in 1930', '$& $1 in 1940')], [correction('in 1940', 'never')]);
    expect(text).toContain('invented $& $1 in 1940.');
  });

  // Few letters, so that quotes occur often, more than once, and overlap.
  const words = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength });
  const given = fc.record({ id: fc.constantFrom('1', '2'), quote: words(4), replacement: words(5), reason: fc.constant('r') });
  const lists = fc.tuple(words(40), fc.array(given, { maxLength: 8 }), fc.array(given, { maxLength: 8 }));

  it('loses no correction, and undoing those applied gives the draft back to the letter', () => {
    fc.assert(
      fc.property(lists, ([draft, facts, edits]) => {
        const { text, corrections } = settle(facts, edits, draft);
        expect(corrections.map(({ quote }) => quote)).toEqual([...facts, ...edits].map(({ quote }) => quote));
        for (const { applied, notApplied, textAt } of corrections)
          expect([notApplied === null, textAt !== null]).toEqual([applied, applied]);
        const applied = corrections.filter(isApplied).sort((a, b) => b.textAt - a.textAt || b.draftAt - a.draftAt);
        let undone = text;
        for (const { textAt, replacement, quote } of applied) {
          expect(text.slice(textAt, textAt + replacement.length)).toBe(replacement);
          undone = undone.slice(0, textAt) + quote + undone.slice(textAt + replacement.length);
        }
        expect(undone).toBe(draft);
      }),
    );
  });

  it('never drops a fact for an edit: what the fact checker has applied does not depend on the editor', () => {
    fc.assert(
      fc.property(lists, ([draft, facts, edits]) => {
        const alone = settle(facts, [], draft).corrections.map(({ applied }) => applied);
        const beside = settle(facts, edits, draft).corrections.slice(0, facts.length);
        expect(beside.map(({ applied }) => applied)).toEqual(alone);
      }),
    );
  });
});

const isApplied = <Settled extends SettledCorrection>(settled: Settled): settled is Settled & { textAt: number; draftAt: number } =>
  settled.textAt !== null;
