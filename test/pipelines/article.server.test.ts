import { temporal } from '@temporalio/proto';

import { ledgerQuery, progressQuery } from '../../common/messages';
import { toUsd } from '../../common/money';
import { pipelines } from '../../common/pipelines/index';
import { addUsage, NO_USAGE } from '../../common/pricing';
import { withRig } from './with-rig';

const { EventType } = temporal.api.enums.v1;
const topic = 'How to build a RAG system with Python';

describe('article', () => {
  // Nothing is kept in memory: every task replays the run from its beginning, as after a crash of its worker.
  const rig = withRig({ maxCachedWorkflows: 0 });

  it('turns a topic into title, SEO description, outline, draft and findings, by seven charged requests', async () => {
    const run = await rig.start('article', { topic });
    const { result, ledger, degraded, simulated } = await run.outcome();

    expect(pipelines.article.result.parse(result)).toEqual(result);
    expect(result.seoDescription.length).toBeLessThanOrEqual(155);
    expect(result.outline).toHaveLength(5);
    expect(result.findings.map(({ angle }) => angle)).toHaveLength(3);
    expect(result.draft.length).toBeGreaterThan(500);
    expect({ degraded, simulated }).toEqual({ degraded: [], simulated: true });

    const bill = run.bill();
    expect(bill.map(({ step }) => step)).toHaveLength(7);
    expect(ledger.costUsd).toBe(toUsd(bill.reduce((sum, { costPico }) => sum + costPico, 0)));
    expect(ledger.usage).toEqual(bill.reduce((sum, { usage }) => addUsage(sum, usage), NO_USAGE));
    expect(ledger.uncertainUsd).toBe(0);
    await expect(run.handle.query(ledgerQuery)).resolves.toEqual(ledger);
  });

  it('has one Activity Type per agent, stable step paths, and few events beyond a bare pipeline', async () => {
    const run = await rig.start('article', { topic });
    await run.outcome();
    const events = (await run.handle.fetchHistory()).events ?? [];
    const scheduled = events.flatMap(({ activityTaskScheduledEventAttributes: activity }) =>
      activity ? [[activity.activityType?.name, activity.activityId]] : [],
    );
    expect(scheduled.slice(0, 5)).toEqual([
      ['researcher', 'researcher/fundamentals'],
      ['researcher', 'researcher/use cases'],
      ['researcher', 'researcher/pitfalls'],
      ['outliner', 'outliner'],
      ['writer', 'writer'],
    ]);
    expect(new Set(scheduled.slice(5).map(([type]) => type))).toEqual(new Set(['title', 'seo']));

    const beyond = events.filter(({ eventType }) =>
      [EventType.EVENT_TYPE_MARKER_RECORDED, EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES].includes(eventType as number),
    );
    const stages = 4;
    expect(beyond.length).toBeLessThanOrEqual(4 + stages);
    const bare = ['ACTIVITY_TASK', 'WORKFLOW_TASK', 'WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_COMPLETED'];
    const other = events.filter((event) => !beyond.includes(event)).map(({ eventType }) => EventType[eventType as number] ?? '');
    expect(other.filter((name) => !bare.some((known) => name.includes(known)))).toEqual([]);
  });

  it('writes search attributes at most once a second, and once at the end', async () => {
    const run = await rig.start('article', { topic });
    await run.outcome();
    const events = (await run.handle.fetchHistory()).events ?? [];
    // The time that the workflow goes by is that of its task's start.
    const startOf = (written: { readonly workflowTaskCompletedEventId?: unknown }): number => {
      const completed = events[Number(written.workflowTaskCompletedEventId) - 1]?.workflowTaskCompletedEventAttributes;
      const { seconds, nanos } = events[Number(completed?.startedEventId) - 1]?.eventTime ?? {};
      return Number(seconds) * 1_000 + Number(nanos) / 1e6;
    };
    const times = events.flatMap(({ upsertWorkflowSearchAttributesEventAttributes: written }) => (written ? [startOf(written)] : []));
    const gaps = times.slice(1, -1).map((time, at) => time - (times[at] ?? 0));
    expect(times.length).toBeGreaterThanOrEqual(2);
    expect(gaps.filter((gap) => !(gap >= 999))).toEqual([]);
  });

  it('shows progress, stage and cost by query, search attributes and current details', async () => {
    const run = await rig.start('article', { topic }, { budgetUsd: 1 });
    await run.outcome();
    const progress = await run.handle.query(progressQuery);
    expect(progress).toMatchObject({ pipeline: 'article', subject: topic, status: 'completed', budgetUsd: 1, simulated: true });
    expect(progress.steps.map(({ state }) => state)).toEqual(Array(7).fill('done'));
    const { typedSearchAttributes } = await run.handle.describe();
    const attributes = Object.fromEntries([...typedSearchAttributes.getAll()].map(({ key, value }) => [key.name, value]));
    expect(attributes).toMatchObject({ TroupePipeline: 'article', TroupeStage: 'headline', TroupeCostUsd: progress.costUsd });
  });

  it('writes one JSON line per call, without prompt keys', async () => {
    const before = rig.log.length;
    const run = await rig.start('article', { topic }, { traceId: 'trace-7' });
    await run.outcome();
    const lines = rig.log.slice(before) as Array<Record<string, unknown>>;
    expect(lines).toHaveLength(7);
    for (const line of lines) expect(line).toMatchObject({ traceId: 'trace-7', pipeline: 'article', attempt: 1 });
  });

  it('pays nothing again with reuse', async () => {
    const first = await rig.start('article', { topic: 'Reuse of answers' });
    const paid = await first.outcome();
    const second = await rig.start('article', { topic: 'Reuse of answers' }, { reuse: true });
    const { result, ledger } = await second.outcome();
    expect(result).toEqual(paid.result);
    expect({ requests: ledger.requests, charged: second.bill() }).toEqual({ requests: 0, charged: [] });
  });

  it('pays nothing again after a reset to the beginning', async () => {
    const run = await rig.start('article', { topic: 'Resets' });
    const before = await run.outcome();
    const charged = run.bill().length;
    const { runId } = await run.handle.describe();
    const first = ((await run.handle.fetchHistory()).events ?? []).find((event) => event.workflowTaskCompletedEventAttributes);
    const reset = await rig.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: run.handle.workflowId, runId },
      reason: 'test',
      requestId: 'reset-1',
      workflowTaskFinishEventId: first?.eventId ?? null,
    });
    const again = await rig.client.workflow.getHandle(run.handle.workflowId, reset.runId).result();
    // The lines stand in the order in which calls ended, which side by side may differ.
    const byAgent = expect.arrayContaining([...before.ledger.byAgent]);
    expect(again).toMatchObject({ result: before.result, ledger: { ...before.ledger, byAgent } });
    expect(run.bill()).toHaveLength(charged);
  });
});
