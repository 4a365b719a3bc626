import { Worker } from '@temporalio/worker';

import { progressQuery } from '../../common/messages';
import { toUsd } from '../../common/money';
import { pipelines } from '../../common/pipelines/index';
import type { PipelineRequest } from '../../common/pipelines/types';
import type { StepProgress } from '../../common/run';
import { INTERCEPTOR_MODULES } from '../../worker/bundle-workflows';
import { startRig, type Rig, type RigRun } from '../helpers/rig';
import { workflowBundle } from '../helpers/workflow-bundle';

const input = require('../../examples/competitorReport.json') as PipelineRequest<'competitorReport'>; // its schema checks it

type Run = RigRun<'competitorReport'>;

const thrice = (agent: string): string[] => [agent, agent, agent];

describe('competitorReport', () => {
  let rig: Rig;
  beforeAll(async () => {
    // Parent and children share the worker; without a cache each would evict the other, which only costs time.
    rig = await startRig({ maxCachedWorkflows: 200 });
  }, 120_000);
  afterAll(() => rig.close());
  afterEach(() => {
    rig.simulator.setFaults([]);
    rig.simulator.setRules([]);
  });

  const start = (change: Partial<typeof input> = {}, options?: Parameters<Rig['start']>[2]): Promise<Run> =>
    rig.start('competitorReport', { ...input, ...change }, options);
  const stepsOf = async (run: Run, agent: string): Promise<StepProgress[]> =>
    (await run.handle.query(progressQuery)).steps.filter((step) => step.agent === agent);
  const expectPaid = (run: Run, ledger: { readonly requests: number; readonly costUsd: number }): void => {
    const bill = run.bill();
    expect(ledger.requests).toBe(bill.length);
    expect(ledger.costUsd).toBe(toUsd(bill.reduce((sum, { costPico }) => sum + costPico, 0)));
  };
  const expectReplay = async (run: Run): Promise<void> => {
    const history = await run.handle.fetchHistory();
    const bundled = { workflowBundle: await workflowBundle(), interceptors: { workflowModules: INTERCEPTOR_MODULES } };
    await Worker.runReplayHistory(bundled, history, run.handle.workflowId);
  };

  it('returns a report whose contents, references, prices and sources fit together, and whose ledger is the bill, children included', async () => {
    const run = await start();
    const { result, ledger, degraded } = await run.outcome();
    expect(pipelines.competitorReport.result.parse(result)).toEqual(result);
    expect(degraded).toEqual([]);
    expect(result.missing).toEqual([]);
    expect(new Set(run.bill().map(({ workflowId }) => workflowId)).size).toBe(4); // the run and three sections
    expectPaid(run, ledger);

    const headings = [...result.report.matchAll(/^## (\d+)\. (.+)$/gm)].map(([, number, heading]) => ({ number: Number(number), heading }));
    expect(headings).toEqual(result.contents);
    expect(headings.map(({ heading }) => heading).slice(-2)).toEqual(['Prices', 'Sources']);
    const numbers = result.sources.map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_number, at) => at + 1));
    const cited = new Set([...result.report.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number)));
    expect(cited.size).toBeGreaterThan(0);
    for (const number of cited) expect(numbers).toContain(number);
    expect(result.pricing.prices.length).toBeGreaterThan(0);
    for (const { source, compared } of result.pricing.prices) expect([source !== null, compared]).toEqual([true, true]);
    expect(result.pricing.comparisons[0]?.ours?.amount).toBe(12);
    await expectReplay(run);
  });

  it('can be read from its steps: each competitor and each section by name, sections as children with what they cost', async () => {
    const run = await start();
    const { result } = await run.outcome();
    const { steps } = await run.handle.query(progressQuery);
    const sections = result.contents.slice(0, 3).map(({ number, heading }) => `reportSection/${number}. ${heading}`);
    expect(steps.map(({ step }) => step)).toEqual([
      'competitorResearcher/Ledgerleaf',
      'competitorResearcher/Invofox',
      'competitorResearcher/Tally & Sons',
      'pricingAnalyst',
      'reportOutliner',
      ...sections,
    ]);
    for (const { kind, costUsd, state } of steps.slice(-3)) expect([kind, state, costUsd > 0]).toEqual(['child', 'done', true]);
    const child = rig.client.workflow.getHandle(`${run.handle.workflowId}/${sections[0] ?? ''}`);
    const { steps: ownSteps, subject } = await child.query(progressQuery);
    expect([subject, ownSteps.map(({ agent }) => agent)]).toEqual([sections[0]?.split('/')[1], ['sectionWriter', 'sectionEditor']]);
  });

  it('researches side by side, analyses prices while the outline is made, and writes the sections side by side', async () => {
    rig.simulator.setFaults([{ kind: 'hold' }]);
    const run = await start();
    for (const together of [thrice('competitorResearcher'), ['pricingAnalyst', 'reportOutliner'], thrice('sectionWriter')]) {
      await run.held(...together);
      rig.simulator.setFaults([{ kind: 'hold' }]);
    }
    rig.simulator.setFaults([]);
    await expect(run.outcome()).resolves.toMatchObject({ degraded: [] });
  });

  it('finds competitors when none are named, and lists each once', async () => {
    const listed = ['Acme, Inc.', 'Dovetail', 'acme.com', 'Quillbill GmbH', 'ACME'].map((name) => ({ name, why: 'often compared' }));
    rig.simulator.setRules([{ match: { agent: 'competitorScout' }, reply: { json: { competitors: listed } } }]);
    const run = await rig.start('competitorReport', { market: input.market, ...(input.ours && { ours: input.ours }), pages: 2 });
    const { result } = await run.outcome();
    expect(result.competitors.map(({ name, alsoCalled }) => [name, alsoCalled])).toEqual([
      ['Acme, Inc.', ['acme.com', 'ACME']],
      ['Dovetail', []],
    ]);
    expect(await stepsOf(run, 'competitorResearcher')).toHaveLength(2);
  });

  it('fails clearly when nobody competes', async () => {
    const run = await start({ competitors: [{ name: 'QUILLBILL' }] });
    await expect(run.outcome()).rejects.toMatchObject({
      cause: { type: 'StepFailed', message: expect.stringMatching(/^Cannot report on competitors: none was found for/) as string },
    });
    expect(run.bill()).toEqual([]);
  });

  it('goes on without one researcher, and says who was not researched', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'competitorResearcher', nth: 1 }]);
    const run = await start();
    const { result, degraded, ledger } = await run.outcome();
    const lost = result.competitors.filter(({ researched }) => !researched);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatchObject({ positioning: null, strengths: [], weaknesses: [] });
    expect(degraded.map(({ step, instead }) => [step, instead])).toEqual([
      [`competitorResearcher/${lost[0]?.name ?? ''}`, 'a report that says "not researched"'],
    ]);
    expect(result.missing).toEqual([
      { what: 'competitor', name: lost[0]?.name, why: expect.stringMatching(/^not researched: /) as string },
    ]);
    expect(result.report).toContain(`- Competitor ${lost[0]?.name ?? ''}: not researched: `);
    expectPaid(run, ledger);
  });

  it('ends when more than half of the researchers fail, before a section is written', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'competitorResearcher' }]);
    const run = await start();
    await expect(run.outcome()).rejects.toMatchObject({ cause: { type: 'QuorumNotReached' } });
    expect(new Set(run.bill().map(({ agent }) => agent))).toEqual(new Set(['competitorResearcher']));
  });

  it('keeps the heading of a section whose child failed, and what it cost', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'sectionWriter', nth: 1 }]);
    const run = await start();
    const { result, degraded, ledger } = await run.outcome();
    const [gap] = result.missing;
    expect(result.missing).toEqual([
      { what: 'section', name: expect.any(String) as string, why: expect.stringContaining('declined') as string },
    ]);
    const chapter = result.contents.find(({ heading }) => heading === gap?.name);
    expect(result.report).toContain(`## ${chapter?.number ?? 0}. ${gap?.name ?? ''}\n\nThis section could not be written.`);
    expect(degraded).toEqual([
      expect.objectContaining({ step: `reportSection/${chapter?.number ?? 0}. ${gap?.name ?? ''}`, instead: 'its heading without a text' }),
    ]);
    expect(await stepsOf(run, 'reportSection')).toEqual(expect.arrayContaining([expect.objectContaining({ state: 'degraded' })]));
    expectPaid(run, ledger);
    await expectReplay(run);
  });

  it('passes on that a section was not edited', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'sectionEditor', nth: 1 }]);
    const { result, degraded } = await (await start()).outcome();
    expect(result.missing).toEqual([]);
    expect(degraded).toEqual([
      expect.objectContaining({
        step: expect.stringMatching(/^reportSection\/\d\. /) as string,
        instead: 'the section as the writer wrote it',
      }),
    ]);
  });

  it('goes on without an analyst: the table stands without words', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'pricingAnalyst' }]);
    const { result, degraded } = await (await start()).outcome();
    expect(result.pricing).toMatchObject({ analysis: null, figures: [], comparisons: [expect.objectContaining({ currency: 'EUR' })] });
    expect(result.missing.map(({ what }) => what)).toEqual(['analysis']);
    expect(degraded.map(({ step }) => step)).toEqual(['pricingAnalyst']);
  });

  it('sends figures of the analysis back that are not computed, once, and then flags them', async () => {
    const paragraphs = (text: string) => ({ reply: { json: { paragraphs: [text] } } });
    rig.simulator.setRules([
      { match: { agent: 'pricingAnalyst', nth: 1 }, ...paragraphs('Quillbill costs €12.00, which is 3 times too little, 77% under par.') },
      {
        match: { agent: 'pricingAnalyst', user: '77%[^]{1,3} is not in the data' },
        ...paragraphs('Quillbill costs €12.00, about 78% under the rest.'),
      },
    ]);
    const run = await start();
    const { result } = await run.outcome();
    expect(await stepsOf(run, 'pricingAnalyst')).toHaveLength(2);
    expect(result.pricing.analysis).toBe('Quillbill costs €12.00, about 78% under the rest.');
    expect(result.pricing.figures).toEqual([{ figure: '€12.00', source: 'comparison 1' }]);
    expect(result.untraced).toEqual([{ place: 'prices', kind: 'figure', text: '78%' }]);
    expect(result.report).toContain('- Prices: no source states “78%”.');
  });

  it('has code find what a section rests on: the editor is told, the rest is taken out or flagged', async () => {
    const body = 'The market grows by 812% a year [1][99]. See https://made.up/page for more, and mind the gap between offers.';
    rig.simulator.setRules([
      { match: { agent: 'sectionWriter' }, reply: { json: { body } } },
      { match: { agent: 'sectionEditor', user: 'found_by_code[^]*812%[^]*\\[99\\][^]*made\\.up' }, reply: { json: { body } } },
    ]);
    const { result } = await (await start({ pages: 1 })).outcome();
    const place = `1. ${result.contents[0]?.heading ?? ''}`;
    const found = result.untraced.filter((item) => item.text !== '[1]'); // the section may or may not have the first source
    expect(found).toEqual([
      { place, kind: 'figure', text: '812%' },
      { place, kind: 'reference', text: '[99]' },
      { place, kind: 'link', text: 'https://made.up/page' },
    ]);
    expect(result.report).not.toContain('[99]');
    expect(result.report).not.toContain('made.up');
  });

  it('sends an outline back that does not hold, and mends it in code when the next one does not hold either', async () => {
    const section = (id: string, heading: string, competitorIds: string[], factIds: string[]) => ({
      id,
      heading,
      purpose: 'Decide.',
      competitorIds,
      factIds,
    });
    const bad = {
      title: 'A report on invoicing',
      sections: [
        section('a', 'Market', ['ledgerleaf', 'nobody'], ['ledgerleaf-positioning']),
        section('a', 'market', ['invofox'], ['no-fact']),
      ],
    };
    const good = {
      title: 'A report on invoicing',
      sections: [section('a', 'Market', ['ledgerleaf', 'tally-sons'], []), section('b', 'Choices', ['invofox'], ['invofox-positioning'])],
    };
    const told = 'nobody[^]*no-fact[^]*which do not exist[^]*no section is about[^]*tally-sons';
    rig.simulator.setRules([
      { match: { agent: 'reportOutliner', user: told }, reply: { json: good } },
      { match: { agent: 'reportOutliner' }, reply: { json: bad } },
    ]);
    const repaired = await (await start({ pages: 2 })).outcome();
    expect(repaired.degraded).toEqual([]);
    expect(repaired.result.contents.map(({ heading }) => heading)).toEqual(['Market', 'Choices', 'Prices', 'Sources']);

    rig.simulator.setRules([{ match: { agent: 'reportOutliner' }, reply: { json: bad } }]);
    const mended = await (await start({ pages: 2 })).outcome();
    expect(mended.degraded).toEqual([expect.objectContaining({ step: 'reportOutliner', instead: 'the outline as far as it holds' })]);
    expect(mended.result.contents[0]).toEqual({ number: 1, heading: 'Market' });
  });

  it('says that no prices were found instead of making some up', async () => {
    const study = { positioning: 'For makers.', strengths: [], weaknesses: [], prices: [], sources: [] };
    rig.simulator.setRules([{ match: { agent: 'competitorResearcher' }, reply: { json: study } }]);
    const run = await start();
    const { result } = await run.outcome();
    expect(result.pricing).toEqual({ prices: [], comparisons: [], analysis: null, figures: [] });
    expect(result.missing).toEqual([{ what: 'prices', name: 'all', why: 'no page that was found states one' }]);
    expect(result.report).toContain('No page that was found states a price.');
    expect(await stepsOf(run, 'pricingAnalyst')).toEqual([]);
  });

  it('writes a report without sources when the web cannot be searched, and says so', async () => {
    rig.simulator.setFaults([{ kind: 'search_error' }]);
    const { result } = await (await start()).outcome();
    expect([result.sources, result.pricing.prices, result.competitors.length]).toEqual([[], [], 3]);
    expect(result.missing.map(({ what }) => what)).toEqual(['prices']);
    expect(result.report).toContain('No page was found; the report rests on what the researchers knew.');
    expect(result.report).not.toMatch(/\[\d+\]/);
  });

  it('gives each section a share of the budget, and stays below it', async () => {
    const run = await start({}, { budgetUsd: 2 });
    const { ledger } = await run.outcome();
    const spentBefore = run
      .bill()
      .filter(({ workflowId }) => workflowId === run.handle.workflowId)
      .reduce((sum, { costPico }) => sum + costPico, 0);
    const shares = await Promise.all(
      (await stepsOf(run, 'reportSection')).map(async ({ step }) => {
        const { budgetUsd } = await rig.client.workflow.getHandle(`${run.handle.workflowId}/${step}`).query(progressQuery);
        return budgetUsd ?? Infinity;
      }),
    );
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(2 - toUsd(spentBefore) + 1e-9);
    expect(Math.max(...shares) / Math.min(...shares)).toBeLessThan(1.01);
    expectPaid(run, ledger);

    const short = await start({}, { budgetUsd: 0.05 });
    await expect(short.outcome()).rejects.toMatchObject({ cause: { type: 'BudgetReached' } });
    expect(toUsd(short.bill().reduce((sum, { costPico }) => sum + costPico, 0))).toBeLessThanOrEqual(0.05);
  });

  it('writes fifty pages in twenty-five children, with a history far below the limits', async () => {
    const run = await rig.start('competitorReport', { market: input.market, pages: 50 });
    const { result, ledger, degraded } = await run.outcome();
    expect(degraded).toEqual([]);
    expect(result.competitors).toHaveLength(10);
    expect(result.contents).toHaveLength(25 + 2);
    expect(result.words).toBeGreaterThan(15_000);
    expectPaid(run, ledger);
    const { historyLength, historySize } = await run.handle.describe();
    const children = await Promise.all(
      (await stepsOf(run, 'reportSection')).map(({ step }) => rig.client.workflow.getHandle(`${run.handle.workflowId}/${step}`).describe()),
    );
    const largest = Math.max(...children.map((child) => child.historySize ?? Infinity));
    // Temporal warns at 10 MiB and 10,240 events, and ends a run at 50 MiB and 51,200.
    expect({ events: historyLength < 500, bytes: (historySize ?? Infinity) < 1_024 * 1_024, child: largest < 256 * 1_024 }).toEqual({
      events: true,
      bytes: true,
      child: true,
    });
    await expectReplay(run);
  }, 180_000);
});
