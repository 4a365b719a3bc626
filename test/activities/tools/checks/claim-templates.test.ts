import fc from 'fast-check';

import { claimCheck } from '../../../../activities/tools/checks/claim-check';
import type { ToolContext } from '../../../../activities/tools/define-tool';

const context = {} as ToolContext; // the tool is pure

const MATERIALS = ['oak', 'walnut', 'steel', 'granite', 'linen', 'ceramic'];
const EXTRAS = ['hot tub', 'fireplace', 'skylights', 'wine cellar', 'solar panels', 'greenhouse', 'sauna'];

const home = fc.record({
  bedrooms: fc.integer({ min: 1, max: 9 }),
  bathrooms: fc.integer({ min: 2, max: 12 }).map((halves) => halves / 2),
  livingAreaSqft: fc.integer({ min: 400, max: 9_999 }),
  yearBuilt: fc.integer({ min: 1850, max: 2026 }),
  garageSpaces: fc.integer({ min: 1, max: 5 }),
  listPrice: fc.integer({ min: 50, max: 5_000 }).map((thousands) => thousands * 1_000),
  features: fc.uniqueArray(fc.constantFrom(...EXTRAS), { minLength: 1, maxLength: 4 }),
  counters: fc.constantFrom(...MATERIALS),
});
type Home = typeof home extends fc.Arbitrary<infer T> ? T : never;

const WORDS = 'zero one two three four five six seven eight nine'.split(' ');
const english = new Intl.NumberFormat('en');
/** Ways to say what the facts say. */
const SENTENCES: ReadonlyArray<(facts: Home) => string> = [
  ({ bedrooms, bathrooms }) => `There are ${bedrooms} bedrooms and ${bathrooms} baths.`,
  ({ bedrooms }) => `Its ${WORDS[bedrooms] ?? ''}-bedroom plan works.`,
  ({ livingAreaSqft }) => `You get ${english.format(livingAreaSqft)} square feet.`,
  ({ livingAreaSqft }) => `It has about ${english.format(Math.round(livingAreaSqft * 1.01))} sq ft.`,
  ({ yearBuilt }) => `Built in ${yearBuilt}, it is in good shape.`,
  ({ garageSpaces }) => `The ${WORDS[garageSpaces] ?? ''}-car garage is dry.`,
  ({ listPrice }) => `It is offered at $${english.format(listPrice)}.`,
  ({ listPrice }) => `Listed at $${english.format(listPrice / 1_000)}K.`,
  ({ features }) => `Enjoy the ${features.join(', the ')}.`,
  ({ counters }) => `The counters are ${counters}.`,
];

const findingsOf = async (text: string, facts: Home) => {
  const input = claimCheck.input.parse({
    texts: [{ place: 'text', text }],
    facts: Object.entries(facts).map(([field, value]) => ({ field, value })),
  });
  return claimCheck.output.parse(await claimCheck.run(input, context)).findings;
};

describe('claimCheck on texts made of facts', () => {
  it('has no objection to any that says what the facts say', async () => {
    await fc.assert(
      fc.asyncProperty(home, fc.shuffledSubarray([...SENTENCES], { minLength: 1 }), async (facts, sentences) => {
        expect(await findingsOf(sentences.map((say) => say(facts)).join(' '), facts)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('objects whenever one figure of a fact is another in the text', async () => {
    const field = fc.constantFrom('bedrooms', 'bathrooms', 'livingAreaSqft', 'yearBuilt', 'garageSpaces', 'listPrice');
    await fc.assert(
      fc.asyncProperty(home, field, fc.integer({ min: 1, max: 5 }), async (facts, changed, by) => {
        const step = changed === 'listPrice' ? 1_000 : changed === 'livingAreaSqft' ? Math.ceil(facts.livingAreaSqft * 0.05) : 1;
        const wrong = { ...facts, [changed]: facts[changed] + by * step };
        // Rounding is allowed where it is marked, and only one digit is spelled out.
        const sentences = SENTENCES.filter((say) => say(facts) !== say(wrong) && !say(wrong).includes('about') && !/ -/.test(say(wrong)));
        for (const say of sentences)
          expect(await findingsOf(say(wrong), facts)).toContainEqual(expect.objectContaining({ check: 'figure' }));
      }),
      { numRuns: 300 },
    );
  });

  it('objects to every material and feature that the facts do not have', async () => {
    await fc.assert(
      fc.asyncProperty(home, fc.constantFrom(...EXTRAS), fc.constantFrom(...MATERIALS), async (facts, extra, material) => {
        const found = (await findingsOf(`Enjoy the ${extra}. The counters are ${material}.`, facts)).map(({ phrase }) => phrase);
        expect(found.includes(extra)).toBe(!facts.features.includes(extra));
        expect(found.includes(material)).toBe(facts.counters !== material);
      }),
    );
  });
});
