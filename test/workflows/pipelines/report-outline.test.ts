import { factsFor, mendedOutline, problemsOfOutline, shapeOf, type PlannedSection } from '../../../workflows/pipelines/report-outline';

const rules = { sections: 2, competitors: ['acme', 'dove'], facts: ['f1', 'f2', 'f3'] };
const section = (change: Partial<PlannedSection> = {}): PlannedSection => ({
  id: 'market',
  heading: 'The market',
  purpose: 'See who sells.',
  competitorIds: ['acme'],
  factIds: ['f1'],
  ...change,
});
const other = section({ id: 'prices', heading: 'Prices', competitorIds: ['dove'], factIds: ['f2'] });
const outline = (...sections: PlannedSection[]) => ({ title: 'A report', sections });

describe('shapeOf()', () => {
  it.each([
    [1, 1, 400],
    [2, 2, 400],
    [3, 3, 400],
    [5, 3, 670],
    [10, 5, 800],
    [50, 25, 800],
    [51, 26, 780],
    [100, 50, 800],
  ])('of %d pages is %d sections of %d words', (pages, sections, wordsEach) => {
    expect(shapeOf(pages)).toEqual({ sections, wordsEach });
    expect(Math.abs(sections * wordsEach - pages * 400)).toBeLessThanOrEqual(pages * 400 * 0.05);
  });
});

describe('problemsOfOutline()', () => {
  it('is empty for an outline that holds', () => {
    expect(problemsOfOutline(outline(section(), other), rules)).toEqual([]);
  });

  it.each([
    [[section({ competitorIds: ['acme', 'dove'] })], 'it has 1 sections; exactly 2 are asked for'],
    [[section(), { ...other, id: 'market' }], 'the id "market" is given to several sections; each needs its own'],
    [[section(), { ...other, heading: 'The market!' }], 'several sections have the heading "the market"'],
    [[section(), { ...other, heading: '?!' }], 'the section "prices" has no heading'],
    [[section(), { ...other, competitorIds: ['dove', 'fox'] }], 'the section "prices" names "fox"; the competitors are "acme", "dove"'],
    [[section(), { ...other, factIds: ['f9'] }], 'the section "prices" names the facts "f9", which do not exist'],
    [[section(), { ...other, competitorIds: ['acme'] }], 'no section is about "dove"; every competitor belongs to at least one'],
  ])('says what is wrong with %j', (sections, problem) => {
    expect(problemsOfOutline(outline(...sections), rules)).toEqual([problem]);
  });

  it('says that a section has nothing to go by', () => {
    const problems = problemsOfOutline(
      outline(section({ competitorIds: ['acme', 'dove'] }), { ...other, competitorIds: [], factIds: [] }),
      rules,
    );
    expect(problems).toEqual(['the section "prices" names neither a competitor nor a fact']);
  });

  it('names the first twenty problems of many', () => {
    const many = Array.from({ length: 40 }, (_unused, at) => section({ id: `s${at}`, heading: `H ${at}`, factIds: ['no'] }));
    const problems = problemsOfOutline(outline(...many), { ...rules, sections: 40 });
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('and 21 more');
  });
});

describe('mendedOutline()', () => {
  it('keeps what holds: no strangers, no heading twice, not too many, everybody somewhere', () => {
    const mended = mendedOutline(
      outline(
        section({ competitorIds: ['fox', 'acme'], factIds: ['f1', 'f9'] }),
        section({ heading: 'the market' }),
        section({ heading: ' ' }),
        { ...other, competitorIds: [] },
        section({ heading: 'One too many', competitorIds: ['dove'] }),
      ),
      rules,
    );
    expect(mended.sections.map(({ id, heading, competitorIds, factIds }) => [id, heading, competitorIds, factIds])).toEqual([
      ['section-1', 'The market', ['acme'], ['f1']],
      ['section-2', 'Prices', ['dove'], ['f2']],
    ]);
    expect(problemsOfOutline(mended, rules)).toEqual([]);
  });

  it('leaves the given outline as it was', () => {
    const given = outline(section({ competitorIds: [] }), other);
    mendedOutline(given, rules);
    expect(given.sections[0]?.competitorIds).toEqual([]);
  });
});

describe('factsFor()', () => {
  const facts = [
    { id: 'f1', competitor: 'acme', claim: 'one', sources: [1] },
    { id: 'f2', competitor: 'dove', claim: 'two', sources: [] },
    { id: 'f3', competitor: null, claim: 'three', sources: [] },
  ];
  const ids = (change: Partial<PlannedSection>) => factsFor(section(change), facts).map(({ id }) => id);

  it('are those that the section names, in the order of the findings; else those of its competitors; else all', () => {
    expect(ids({ factIds: ['f3', 'f1', 'f1'] })).toEqual(['f1', 'f3']);
    expect(ids({ factIds: [], competitorIds: ['dove'] })).toEqual(['f2']);
    expect(ids({ factIds: ['gone'], competitorIds: [] })).toEqual(['f1', 'f2', 'f3']);
  });
});
