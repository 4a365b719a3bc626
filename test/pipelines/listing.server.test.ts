import { blackboardQuery, progressQuery, reviewUpdate } from '../../common/messages';
import type { ReviewCommand } from '../../common/review';
import type { AnswerRule } from '../../simulator/rules';
import { startRig, type Rig, type RigRun } from '../helpers/rig';
import { until } from '../helpers/until';

type Run = RigRun<'listing'>;

const input = { address: '14 Larch Street', city: 'Quillmere', askingPrice: 549_000 };
const rule = (agent: string, value: unknown, match: object = {}): AnswerRule => ({ match: { agent, ...match }, reply: { json: value } });
const quiet = (agent: string): AnswerRule => rule(agent, { findings: [] });
const CLEAN = 'Three bedrooms on 1,840 sq ft, hardwood floors and a gas fireplace, offered at $549,000.';
const FAULTY = 'Perfect for families: an outdoor swimming pool and 4,200 sq ft, offered at $1.';
const mls = (text: string, match: object = {}): AnswerRule => rule('mlsWriter', { mlsDescription: text }, match);
const REVIEWERS = [quiet('fairHousingReviewer'), quiet('brandReviewer')];
/** Writes what is wrong first, and well once it is told all of it. */
const SENT_BACK = [
  mls(CLEAN, { user: 'problems_of_your_last_version[^]*families' }),
  mls(FAULTY, { user: '^(?![^]*problems_of_your_last_version)' }),
];

describe('listing', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  }, 120_000);
  afterAll(() => rig.close());
  afterEach(() => {
    rig.simulator.setFaults([]);
    rig.simulator.setRules([]);
  });

  const waiting = (run: Run): Promise<void> => until(async () => (await run.handle.query(progressQuery)).status === 'waiting');
  const review = (run: Run, command: Omit<ReviewCommand, 'gate'>, gate = 'texts') =>
    run.handle.executeUpdate(reviewUpdate, { args: [{ gate, ...command }] });
  const proposal = async (run: Run, gate = 'texts') =>
    (await run.handle.query(blackboardQuery)).reviews?.find(({ name }) => name === gate)?.proposal;
  const calls = (run: Run, agent: string): number => run.bill().filter((line) => line.agent === agent).length;

  it('is ready when no check objects: prices computed, figures traced, sample data named, nobody asked', async () => {
    rig.simulator.setRules([mls(CLEAN), ...REVIEWERS]);
    const run = await rig.start('listing', input);
    const { result, degraded, reviews } = await run.outcome();
    expect(result).toMatchObject({ status: 'ready', mlsDescription: CLEAN, findings: [], reviewedBy: null, leftOut: [] });
    expect([degraded, reviews]).toEqual([[], undefined]);
    expect(result.sources).toEqual(
      ['propertyRecord', 'comparableSales', 'schoolRatings', 'walkability'].map((tool) => ({
        tool,
        source: 'sample data of Troupe',
        sample: true,
        found: true,
      })),
    );
    const ofMls = result.figures.filter(({ place }) => place === 'mlsDescription').map(({ figure, field }) => [figure, field]);
    expect(ofMls).toContainEqual([expect.stringMatching(/^1,840/), 'property.livingAreaSqft']);
    expect(ofMls).toContainEqual(['$549,000', 'askingPrice']);
    const { suggestedRange, used } = result.pricing;
    expect(used.length).toBeGreaterThanOrEqual(3);
    expect(suggestedRange?.low).toBeLessThan(suggestedRange?.high ?? 0);
    expect(result.fairHousing.listVersion).not.toBe('');
    for (const { field } of [...result.sellingPoints, ...result.highlights])
      expect(field).toMatch(/^(?:property|schools|walkability|comps|asking)/);
  });

  it('asks for the record first, then its three other sources at the same time, and its five writers', async () => {
    rig.simulator.setFaults(['mlsWriter', 'captionWriter', 'highlightWriter'].map((agent) => ({ kind: 'hold', agent })));
    const run = await rig.start('listing', input);
    await run.held('mlsWriter', 'captionWriter', 'captionWriter', 'captionWriter', 'highlightWriter');
    rig.simulator.setFaults([]);
    await run.outcome();
    const { steps } = await run.handle.query(progressQuery);
    const overlap = (names: readonly string[]) => {
      const chosen = steps.filter(({ step }) => names.includes(step));
      expect(chosen).toHaveLength(names.length);
      return Math.max(...chosen.map(({ startedAt }) => startedAt)) <= Math.min(...chosen.map(({ endedAt }) => endedAt ?? 0));
    };
    const record = steps.find(({ step }) => step === 'propertyRecord');
    const others = ['comparableSales', 'schoolRatings', 'walkability'];
    expect(record?.endedAt).toBeLessThanOrEqual(
      Math.min(...steps.filter(({ step }) => others.includes(step)).map(({ startedAt }) => startedAt)),
    );
    expect(overlap(others)).toBe(true);
    expect(overlap(['mlsWriter', 'captionWriter/instagram', 'captionWriter/facebook', 'captionWriter/x', 'highlightWriter'])).toBe(true);
  });

  it('takes the price asked in another currency for a wrong figure', async () => {
    const euros = mls('Hardwood floors and a gas fireplace, offered at €549,000.', { nth: 1 });
    rig.simulator.setRules([euros, mls(CLEAN), ...REVIEWERS]);
    const { result } = await (await rig.start('listing', input)).outcome();
    expect(result.findings).toEqual([expect.objectContaining({ check: 'figure', phrase: '€549,000', settled: 'rewritten' })]);
  });

  it('sends a text with a prohibited phrase, an invented feature and wrong figures back to its writer, and only that', async () => {
    rig.simulator.setRules([...SENT_BACK, ...REVIEWERS]);
    const run = await rig.start('listing', input);
    const { result } = await run.outcome();
    expect(result).toMatchObject({ status: 'ready', mlsDescription: CLEAN });
    expect(result.findings.map(({ check, settled, round, place }) => ({ check, settled, round, place }))).toEqual(
      result.findings.map(({ check }) => ({ check, settled: 'rewritten', round: 0, place: 'mlsDescription' })),
    );
    const found = result.findings.map(({ check, phrase }) => `${check} ${phrase}`);
    expect(found).toContainEqual(expect.stringMatching(/^fairHousing .*families/));
    expect(found).toContainEqual(expect.stringMatching(/^attribute .*pool/));
    expect(found).toContainEqual(expect.stringMatching(/^figure 4,200/));
    expect(found).toContainEqual('figure $1');
    expect(result.findings.find(({ check }) => check === 'fairHousing')).toMatchObject({ severity: 'prohibited', at: 0 });
    expect([calls(run, 'mlsWriter'), calls(run, 'captionWriter'), calls(run, 'highlightWriter')]).toEqual([2, 3, 1]);
    expect(calls(run, 'fairHousingReviewer')).toBe(2);
  });

  it('sends a line of the highlight sheet back that rests on no fact', async () => {
    const sheet = (field: string) => ({ highlights: [{ field, text: 'Hardwood floors' }] });
    rig.simulator.setRules([
      rule('highlightWriter', sheet('property.features[0]'), { user: 'problems_of_your_last_version[^]*There is no fact' }),
      rule('highlightWriter', sheet('property.pool')),
      ...REVIEWERS,
    ]);
    const { result } = await (await rig.start('listing', input)).outcome();
    expect(result.highlights).toEqual([{ text: 'Hardwood floors', field: 'property.features[0]' }]);
    expect(result.findings).toEqual([expect.objectContaining({ check: 'source', phrase: 'Hardwood floors', settled: 'rewritten' })]);
  });

  it('takes a reviewer at its word only where it quotes the text, and counts the rest', async () => {
    const claimed = [
      { place: 'mlsDescription', phrase: 'OFFERED at', rule: 'too stiff' },
      { place: 'mlsDescription', phrase: 'a castle', rule: 'not there' },
      { place: 'nowhere', phrase: 'a moat', rule: 'no such text' },
    ];
    rig.simulator.setRules([
      mls(CLEAN.replace('offered at', 'for'), { user: 'problems_of_your_last_version[^]*"too stiff"' }),
      mls(CLEAN),
      rule('brandReviewer', { findings: claimed }, { nth: 1 }),
      ...REVIEWERS,
    ]);
    const { result } = await (await rig.start('listing', input)).outcome();
    expect(result.status).toBe('ready');
    expect(result.reviewerFindings).toEqual([
      { reviewer: 'fairHousingReviewer', taken: 0, dropped: 0 },
      { reviewer: 'brandReviewer', taken: 1, dropped: 2 },
    ]);
    expect(result.findings).toEqual([expect.objectContaining({ check: 'brandReviewer', phrase: 'offered at', settled: 'rewritten' })]);
  });

  describe('with a text that is wrong every time', () => {
    const always = [mls(FAULTY), ...REVIEWERS];
    const shown = {
      sampleData: expect.arrayContaining(['comparableSales: invented, not of this property']) as string[],
      price: expect.stringMatching(
        /^suggested \$[\d,]+ to \$[\d,]+, from \d comparable sales; asked \$549,000, within the suggested range$/,
      ) as string,
      texts: expect.arrayContaining([
        { place: 'mlsDescription', text: FAULTY, findings: expect.arrayContaining([expect.stringContaining('$1')]) as string[] },
        { place: 'captions.instagram', text: expect.any(String) as string },
        { place: 'captions.facebook', text: expect.any(String) as string },
        { place: 'captions.x', text: expect.any(String) as string },
        { place: 'highlights[0].text', text: expect.any(String) as string },
      ]) as unknown[],
    };

    it('goes to a person after two rewrites, who approves it as it is', async () => {
      rig.simulator.setRules(always);
      const run = await rig.start('listing', input);
      await waiting(run);
      expect(calls(run, 'mlsWriter')).toBe(3);
      expect(await proposal(run)).toEqual(shown);
      const [open] = (await run.handle.query(progressQuery)).reviews ?? [];
      expect(open?.title).toMatch(/^Publish the listing of 14 Larch Street\? In doubt: \d+ findings are open$/);
      await review(run, { decision: 'approve', by: 'Noor' });
      const { result } = await run.outcome();
      expect(result).toMatchObject({ status: 'approved by person', mlsDescription: FAULTY, reviewedBy: 'Noor' });
      expect(new Set(result.findings.map(({ round, settled }) => `${round} ${settled}`))).toEqual(new Set(['0 approved by person']));
      const told = result.findings.map(({ check, place, phrase, rule: broken }) => JSON.stringify([check, place, phrase, broken]));
      expect(new Set(told).size).toBe(told.length);
    });

    it('refuses an edit that does not fit, shows one again that is no better, and takes one that is', async () => {
      rig.simulator.setRules(always);
      const run = await rig.start('listing', { ...input, mlsCharacters: 100 });
      await waiting(run);
      const edit = (text: string) => [{ place: 'mlsDescription', text }];
      await expect(review(run, { decision: 'edit', value: edit('x'.repeat(101)) })).rejects.toMatchObject({
        cause: { message: expect.stringContaining('has 101 characters and 100 are allowed') as string },
      });
      await review(run, { decision: 'edit', value: edit('No children. Three bedrooms at $300,000.'), by: 'Noor' });
      await waiting(run);
      const again = (await proposal(run, 'texts#2')) as { texts: Array<{ findings: string[] }> };
      expect(again.texts[0]?.findings).toContainEqual(expect.stringMatching(/^figure: "\$300,000"/));
      expect(again.texts[0]?.findings).toContainEqual(expect.stringMatching(/^fairHousing: "No children"/));
      await review(run, { decision: 'edit', value: edit('Three bedrooms at $549,000.'), by: 'Ines' }, 'texts#2');
      const { result, reviews } = await run.outcome();
      expect(result).toMatchObject({ status: 'approved by person', mlsDescription: 'Three bedrooms at $549,000.', reviewedBy: 'Ines' });
      expect(result.findings.filter(({ round }) => round >= 2).map(({ settled }) => settled)).not.toContain('open');
      expect(reviews?.map(({ gate, decision, by }) => [gate, decision, by])).toEqual([
        ['texts', 'edit', 'Noor'],
        ['texts#2', 'edit', 'Ines'],
      ]);
    });

    it('keeps the texts without approving them when nobody decides in time', async () => {
      rig.simulator.setRules(always);
      const { result, reviews } = await (await rig.start('listing', { ...input, reviewDeadlineMs: 200 })).outcome();
      expect(result).toMatchObject({ status: 'held', mlsDescription: FAULTY, reviewedBy: null });
      expect(result.findings.some(({ settled }) => settled === 'open')).toBe(true);
      expect(reviews).toEqual([expect.objectContaining({ byDeadline: true })]);
    });

    it('keeps the texts when a person rejects them', async () => {
      rig.simulator.setRules(always);
      const run = await rig.start('listing', input);
      await waiting(run);
      await review(run, { decision: 'reject', reason: 'start over', by: 'Noor' });
      const { result } = await run.outcome();
      expect(result).toMatchObject({ status: 'rejected', mlsDescription: FAULTY, reviewedBy: 'Noor' });
    });
  });
});
