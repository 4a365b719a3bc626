import { claimCheck } from '../../../../activities/tools/checks/claim-check';
import { quantityLookup } from '../../../../activities/tools/checks/fact-lookup';
import { indexFacts, type FactQuantity } from '../../../../activities/tools/checks/facts';
import { fairHousingCheck } from '../../../../activities/tools/checks/fair-housing-check';
import { withinBudget } from '../../../../activities/tools/checks/finding-budget';
import { mapInTurns } from '../../../../activities/tools/checks/in-turns';
import { quantitiesIn } from '../../../../activities/tools/checks/quantities';
import type { ToolContext } from '../../../../activities/tools/define-tool';

const context = {} as ToolContext; // both tools are pure

/** How often the event loop went round while something ran. */
async function turnsDuring(run: () => Promise<unknown>): Promise<number> {
  let [turns, running] = [0, true];
  const count = () => {
    turns += 1;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  await run();
  running = false;
  return turns;
}

const claims = async (texts: object[], facts: object[] = []) =>
  claimCheck.output.parse(await claimCheck.run(claimCheck.input.parse({ texts, facts }), context));
const housing = async (texts: object[]) =>
  fairHousingCheck.output.parse(await fairHousingCheck.run(fairHousingCheck.input.parse({ texts }), context));
const manyTexts = (text: string, more: object = {}) => Array.from({ length: 200 }, (_, i) => ({ place: `texts[${i}]`, text, ...more }));
const thousandFacts = Array.from({ length: 1_000 }, (_, i) => ({ field: `count${i}`, value: i * 8 }));
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('checks leave the event loop to others', () => {
  it('mapInTurns lets it go round after every so many items', async () => {
    const items = Array.from({ length: 1_000 }, (_, i) => i);
    expect(await turnsDuring(() => mapInTurns(items, (item) => item, 100))).toBeGreaterThanOrEqual(9);
    expect(await mapInTurns(items, (item) => Promise.resolve(item + 1), 100)).toEqual(items.map((item) => item + 1));
  });

  it.each([
    ['2,000 figures', Array.from({ length: 2_000 }, (_, i) => i).join(' ')],
    ['8,000 fractions', '½, '.repeat(8_000)],
    ['3,000 claims', 'granite '.repeat(3_000)],
  ])('claimCheck with %s and 1,000 facts', async (_, text) => {
    expect(await turnsDuring(() => claims([{ place: 'text', text }], thousandFacts))).toBeGreaterThanOrEqual(10);
  });

  it('both between texts', async () => {
    const texts = manyTexts('No kids, three ovens.');
    expect(await turnsDuring(() => claims(texts))).toBeGreaterThanOrEqual(199);
    expect(await turnsDuring(() => housing(texts))).toBeGreaterThanOrEqual(199);
  });

  it('quantityLookup compares a figure with the facts of about its value only', async () => {
    const { quantities } = await indexFacts(thousandFacts);
    const [figure] = quantitiesIn('4000 doors');
    expect(figure && quantities.near(figure).map(({ value }) => value)).toEqual(
      thousandFacts.map(({ value }) => value).filter((value) => value >= 3_600 && value <= 4_480),
    );
  });

  it('quantityLookup converts units before it looks', () => {
    const of = (value: number, measures: string, factor: number): FactQuantity => ({
      field: `${value}`,
      value,
      kind: undefined,
      unit: { measures, factor },
      words: new Set(),
      items: false,
    });
    const facts = [of(500, 'weight', 1), of(0.5, 'weight', 1_000), of(500, 'length', 1), of(5_000, 'weight', 1)];
    const [figure] = quantitiesIn('0.5 kg');
    expect(figure && quantityLookup(facts).near(figure)).toEqual(facts.slice(0, 2));
  });
});

describe('checks of many bad texts return what the result has room for', () => {
  it('fairHousingCheck: every text keeps its gravest findings and says how many are left out', async () => {
    const output = await housing(manyTexts('A safe neighborhood. No kids! '.repeat(60)));
    expect(bytes(output)).toBeLessThanOrEqual(fairHousingCheck.maxOutputBytes);
    const rests = output.findings.filter(({ phrase }) => phrase === '');
    expect(rests).toHaveLength(200);
    expect(rests[0]).toMatchObject({
      place: 'texts[0]',
      severity: 'prohibited',
      rule: expect.stringMatching(/^\d+ more findings/) as string,
    });
    const quoted = output.findings.filter(({ phrase }) => phrase !== '');
    expect(new Set(quoted.map(({ place }) => place)).size).toBe(200);
    expect(quoted.every(({ severity }) => severity === 'prohibited')).toBe(true);
    expect(quoted.length + output.leftOut).toBe(200 * 120);
  });

  it('claimCheck: the same, whatever the findings are', async () => {
    const text = 'Granite, 14 ovens, look no further {{x}}. '.repeat(50);
    const output = await claims(manyTexts(text, { maxCharacters: 10 }), [{ field: 'bedrooms', value: 3 }]);
    expect(bytes(output)).toBeLessThanOrEqual(claimCheck.maxOutputBytes);
    expect(output.findings.filter(({ check }) => check === 'more')).toHaveLength(200);
    expect(output.leftOut).toBeGreaterThan(20_000);
    expect(output.findings.filter(({ check }) => check === 'limit')).toHaveLength(200);
  });

  it('claimCheck: figures that facts have outgrow nothing either', async () => {
    const output = await claims(manyTexts('three bedrooms and '.repeat(300)), [{ field: `bedrooms${'x'.repeat(190)}`, value: 3 }]);
    expect(bytes(output)).toBeLessThanOrEqual(claimCheck.maxOutputBytes);
  });

  it('both: not even with long phrases, control characters and places of 200', async () => {
    const hidden = `No ${'\u200b'.repeat(600)}kids. `;
    const texts = manyTexts(hidden, { maxCharacters: 2 }).map((text, i) => ({ ...text, place: '\u0001'.repeat(197) + i }));
    const fair = await housing(texts.map(({ place, text }) => ({ place, text })));
    const claim = await claims(texts);
    expect([bytes(fair) <= fairHousingCheck.maxOutputBytes, bytes(claim) <= claimCheck.maxOutputBytes]).toEqual([true, true]);
    for (const { findings } of [fair, claim]) expect(new Set(findings.map(({ place }) => place)).size).toBe(200);
  });

  it('leave nothing out when everything fits, and say nothing of it', async () => {
    const { findings, leftOut } = await housing([{ place: 'a', text: 'No kids. Adults only.' }]);
    expect([findings.map(({ phrase }) => phrase), leftOut]).toEqual([['No kids', 'Adults only'], 0]);
  });

  it('withinBudget shares out one by one', () => {
    const finding = (place: string, at: number) => ({ check: 'x', phrase: 'y', rule: 'z', place, at });
    const found = (place: string, count: number) => ({
      findings: Array.from({ length: count }, (_, at) => finding(place, at)),
      rest: (left: readonly unknown[]) => ({ ...finding(place, 0), phrase: '', rule: `${left.length}` }),
    });
    const { findings, leftOut } = withinBudget([found('a', 50), found('b', 2), found('c', 0)], { perText: 3, bytes: 10_000 });
    expect(findings.map(({ place, phrase, rule }) => `${place}${phrase}${phrase === '' ? rule : ''}`)).toEqual([
      'ay',
      'ay',
      'ay',
      'a47',
      'by',
      'by',
    ]);
    expect(leftOut).toBe(47);
  });
});
