import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';

import { isLargeOutput } from '../../../common/large-output';
import { blackboardQuery, pauseUpdate, progressQuery, resumeUpdate, reviewUpdate } from '../../../common/messages';
import type { ReviewAnswer, ReviewCommand } from '../../../common/review';
import { Memo, type KeptWork, type PartialWork, type RunOutcome } from '../../../common/run';
import { TroupeStage } from '../../../common/search-attributes';
import { getBlob } from '../../../storage/blobs';
import { INTERCEPTOR_MODULES } from '../../../worker/bundle-workflows';
import { resolveTemporalCli } from '../../../worker/local/resolve-temporal-cli';
import { startRig, type Rig, type RigRun } from '../../helpers/rig';
import { until } from '../../helpers/until';
import type { GatePlan } from './gate-workflows';

type Run = RigRun<'brief'>;

describe('reviewGate()', () => {
  let rig: Rig;
  let workflowBundle: { code: string };
  beforeAll(async () => {
    workflowBundle = await bundleWorkflowCode({
      workflowsPath: require.resolve('./gate-workflows'),
      workflowInterceptorModules: INTERCEPTOR_MODULES,
      logger: new DefaultLogger('ERROR'),
    });
    // Nothing is cached: every task replays the run from its beginning, as after a crash of its worker.
    rig = await startRig({ workflowBundle, maxCachedWorkflows: 0 });
  }, 120_000);
  afterAll(() => rig.close());

  const start = (...plans: readonly GatePlan[]): Promise<Run> => rig.start('brief', { topic: JSON.stringify(plans) });
  const plan = (name: string, more: Partial<GatePlan> = {}): GatePlan => ({
    name,
    title: `Publish ${name}?`,
    proposal: 'The draft',
    ...more,
  });
  const answer = (run: Run, command: ReviewCommand) => run.handle.executeUpdate(reviewUpdate, { args: [command] });
  const stageOf = async (run: Run) => (await run.handle.describe()).typedSearchAttributes.get(TroupeStage);
  /** Every stage that was written. */
  const stagesOf = async (run: Run): Promise<unknown[]> =>
    ((await run.handle.fetchHistory()).events ?? []).flatMap(({ upsertWorkflowSearchAttributesEventAttributes: written }) => {
      const { data } = written?.searchAttributes?.indexedFields?.[TroupeStage.name] ?? {};
      return data == null ? [] : [JSON.parse(String(Buffer.from(data)))];
    });
  const openGates = async (run: Run): Promise<string[]> => ((await run.handle.query(progressQuery)).reviews ?? []).map(({ name }) => name);
  const opened = (run: Run, count = 1): Promise<void> => until(async () => (await openGates(run)).length === count);
  const answersOf = async (run: Run): Promise<{ outcome: RunOutcome; answers: ReviewAnswer[] }> => {
    const outcome: RunOutcome<unknown> = await run.outcome();
    return { outcome, answers: outcome.result as ReviewAnswer[] };
  };
  const expectReplay = async (run: Run): Promise<void> => {
    const history = await run.handle.fetchHistory();
    await Worker.runReplayHistory(
      { workflowBundle, interceptors: { workflowModules: INTERCEPTOR_MODULES } },
      history,
      run.handle.workflowId,
    );
  };

  it('shows what waits, goes on with the proposal when approved, and keeps who and when', async () => {
    const run = await start(plan('draft', { deadlineMs: 3_600_000, onDeadline: 'approve' }));
    await opened(run);
    const progress = await run.handle.query(progressQuery);
    expect(progress.status).toBe('waiting');
    expect(progress.reviews).toEqual([
      expect.objectContaining({ name: 'draft', title: 'Publish draft?', preview: 'The draft', onDeadline: 'approve', remindedAt: null }),
    ]);
    expect((progress.reviews?.[0]?.deadlineAt ?? 0) - (progress.reviews?.[0]?.openedAt ?? 0)).toBe(3_600_000);
    await until(async () => (await stageOf(run)) === 'review/draft');

    const waitingRuns = `TroupeStage STARTS_WITH "review/" AND ExecutionStatus = "Running" AND WorkflowId = "${run.handle.workflowId}"`;
    await until(async () => (await rig.client.workflow.count(waitingRuns)).count === 1);

    const before = Date.now();
    const record = await answer(run, { gate: 'draft', decision: 'approve', by: ' Ines ', reason: 'fine' });
    expect(record).toMatchObject({ gate: 'draft', decision: 'approve', by: 'Ines', reason: 'fine', byDeadline: false });
    expect(Math.abs(record.at - before)).toBeLessThan(60_000);
    const { outcome, answers } = await answersOf(run);
    expect(answers).toEqual([expect.objectContaining({ decision: 'approve', value: 'The draft', by: 'Ines' })]);
    expect(outcome.reviews).toEqual([record]);
    const { reviews } = await run.handle.query(blackboardQuery);
    expect(reviews).toEqual([expect.objectContaining({ name: 'draft', state: 'answered', proposal: 'The draft', answer: record })]);
    await expectReplay(run);
  });

  it('takes an edited value that fits, a rejection with its reason, and refuses everything else without a trace', async () => {
    const run = await start(plan('text', { limit: 10 }), plan('plain', { proposal: { price: 1 } }));
    await opened(run, 2);
    const refusals: ReadonlyArray<readonly [unknown, RegExp]> = [
      [undefined, /^Cannot answer review a gate: the answer is no object/],
      ['text', /the answer is no object/],
      [
        { gate: 'nosuch', decision: 'approve' },
        /^Cannot answer review "nosuch": there is no such gate; open: "(text|plain)", "(text|plain)"$/,
      ],
      [{ decision: 'approve' }, /there is no such gate; open: "/],
      [{ gate: 'text', decision: 'yes' }, /"yes" is no decision; choose one of approve, edit, reject/],
      [{ gate: 'text', decision: 'edit' }, /an edit needs a value/],
      [{ gate: 'text', decision: 'edit', value: 'far too long a text' }, /it must be a text of at most 10 characters/],
      [{ gate: 'text', decision: 'approve', value: 'x' }, /"approve" takes no value/],
      [{ gate: 'text', decision: 'reject', reason: ' ' }, /a rejection needs a reason/],
      [{ gate: 'text', decision: 'approve', by: 7 }, /"by" is no text/],
      [{ gate: 'plain', decision: 'edit', value: [1] }, /the proposal is of the kind "object", and this is "list"/],
      [{ gate: 'plain', decision: 'edit', value: {} }, /it lacks "price"/],
      [{ gate: 'plain', decision: 'edit', value: { price: 1, tip: 2 } }, /it has the unknown "tip"/],
    ];
    for (const [command, message] of refusals) {
      await expect(answer(run, command as ReviewCommand)).rejects.toMatchObject({
        cause: { message: expect.stringMatching(message) as string },
      });
    }
    await answer(run, { gate: 'text', decision: 'edit', value: 'Shorter' });
    await answer(run, { gate: 'plain', decision: 'reject', reason: 'too dear', by: 'Noor' });
    const { outcome, answers } = await answersOf(run);
    expect(answers).toEqual([
      expect.objectContaining({ decision: 'edit', value: 'Shorter', by: null }),
      expect.objectContaining({ decision: 'reject', value: { price: 1 }, reason: 'too dear', by: 'Noor' }),
    ]);
    expect(Object.fromEntries((outcome.reviews ?? []).map(({ gate, value }) => [gate, value]))).toEqual({
      text: 'Shorter',
      plain: undefined,
    });
    const events = (await run.handle.fetchHistory()).events ?? [];
    expect(events.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toHaveLength(2);
    await expectReplay(run);
  });

  it('has several gates open at once, each answered once, in any order, also in the same moment', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const run = await start(...names.map((name) => plan(name)));
    await opened(run, 4);
    const sent = await Promise.allSettled([
      ...['d', 'b', 'c', 'a'].map((gate) => answer(run, { gate, decision: 'approve', by: `first ${gate}` })),
      answer(run, { gate: 'b', decision: 'reject', reason: 'late', by: 'second' }),
    ]);
    const refused = sent.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(JSON.stringify((refused[0] as PromiseRejectedResult).reason.cause.message)).toMatch(
      /Cannot answer review ."b.": it was answered by/,
    );
    const { outcome, answers } = await answersOf(run);
    expect(answers.map(({ gate }) => gate)).toEqual(names);
    expect(outcome.reviews?.map(({ gate }) => gate).sort()).toEqual(names);
    for (const { decision, by } of outcome.reviews ?? []) expect(decision).toBe(by === 'second' ? 'reject' : 'approve');
    await expectReplay(run);
  });

  it('is answered by the bare temporal CLI', async () => {
    const run = await start(plan('draft'));
    await opened(run);
    const { path } = await resolveTemporalCli({ env: process.env, onProgress: () => undefined });
    const { address } = (rig.client.connection as Connection).options; // the rig connects by address
    const input = JSON.stringify({ gate: 'draft', decision: 'approve', by: 'an operator' });
    const target = ['--address', address, '--workflow-id', run.handle.workflowId, '--name', 'review'];
    await promisify(execFile)(path, ['workflow', 'update', 'execute', ...target, '--input', input]);
    const { outcome } = await answersOf(run);
    expect(outcome.reviews).toEqual([expect.objectContaining({ decision: 'approve', by: 'an operator' })]);
  });

  it('numbers gates of one name', async () => {
    const run = await start(plan('same'), plan('same'));
    await opened(run, 2);
    expect((await openGates(run)).sort()).toEqual(['same', 'same#2']);
    await answer(run, { gate: 'same#2', decision: 'approve' });
    await until(async () => (await openGates(run)).length === 1);
    await expect(answer(run, { gate: 'same#2', decision: 'approve' })).rejects.toMatchObject({
      cause: {
        message: expect.stringMatching(/^Cannot answer review "same#2": it was answered before; the answer is "approve" of 20/) as string,
      },
    });
    await answer(run, { gate: 'same', decision: 'approve' });
    await answersOf(run);
  });

  it('reminds, and at its deadline takes the default: the proposal, a rejection, a value', async () => {
    const defaults = [
      ['approve', { decision: 'approve', value: 'The draft' }],
      ['reject', { decision: 'reject', value: 'The draft' }],
      [{ edit: 'Stand-in' }, { decision: 'edit', value: 'Stand-in' }],
    ] as const;
    await Promise.all(
      defaults.map(async ([onDeadline, expected]) => {
        // Far enough from each other for a busy machine: what comes due at once is written once.
        const run = await start(plan('draft', { deadlineMs: 5_000, remindAfterMs: 300, onDeadline }));
        const { outcome, answers } = await answersOf(run);
        expect(answers).toEqual([expect.objectContaining({ ...expected, by: null, byDeadline: true })]);
        expect(outcome.reviews).toEqual([expect.objectContaining({ byDeadline: true, reason: 'nobody answered by the deadline' })]);
        const { reviews } = await run.handle.query(blackboardQuery);
        expect(reviews).toEqual([expect.objectContaining({ remindedAt: expect.any(Number) as number })]);
        expect(await stagesOf(run)).toContain('review/draft (reminder)');
        await expectReplay(run);
      }),
    );
  });

  it('fails the run at its deadline when told so', async () => {
    const run = await start(plan('draft', { deadlineMs: 50, onDeadline: 'fail' }));
    await expect(run.outcome()).rejects.toMatchObject({
      cause: { type: 'StepFailed', message: expect.stringMatching(/^Cannot go on after review "draft": nobody answered/) as string },
    });
  });

  it('cancelled while it waits: ends at once and keeps the open gate with its proposal', async () => {
    const run = await start(plan('draft'), plan('other'));
    await opened(run, 2);
    await answer(run, { gate: 'other', decision: 'approve', by: 'Ines' });
    await run.handle.cancel();
    await expect(run.outcome()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    const { memo } = await run.handle.describe();
    const partial = memo?.[Memo.partial] as PartialWork;
    const kept = JSON.parse(String(await rig.store.get(String(partial.ref)))) as KeptWork;
    const states = Object.fromEntries((kept.blackboard.reviews ?? []).map(({ name, state, proposal }) => [name, [state, proposal]]));
    expect(states).toEqual({ draft: ['withdrawn', 'The draft'], other: ['answered', 'The draft'] });
  });

  it('paused: takes the answer and starts nothing before it is resumed', async () => {
    const run = await start(plan('draft'));
    await opened(run);
    await run.handle.executeUpdate(pauseUpdate);
    await answer(run, { gate: 'draft', decision: 'approve' });
    await until(async () => (await run.handle.query(progressQuery)).steps.some(({ state }) => state === 'pending'));
    expect((await run.handle.query(progressQuery)).status).toBe('paused');
    expect(run.bill()).toHaveLength(1);
    await run.handle.executeUpdate(resumeUpdate);
    await answersOf(run);
    await expectReplay(run);
  });

  it('puts a large proposal and a large edit into the store, and gives the pipeline the whole value', async () => {
    const run = await start(plan('draft', { characters: 300 * 1_024 }));
    await opened(run);
    const [review] = (await run.handle.query(blackboardQuery)).reviews ?? [];
    expect(review?.preview).toBe('p'.repeat(300));
    expect(isLargeOutput(review?.proposal) && (await getBlob(rig.store, review.proposal.ref))).toBe('p'.repeat(300 * 1_024));
    const value = 'y'.repeat(300 * 1_024);
    await answer(run, { gate: 'draft', decision: 'edit', value });
    const { outcome, answers } = await answersOf(run);
    expect(answers[0]?.value).toBe(value);
    const shown = outcome.reviews?.[0]?.value;
    expect(isLargeOutput(shown) && (await getBlob(rig.store, shown.ref))).toBe(value);
  });
});
