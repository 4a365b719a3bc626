import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';

import { agents } from '../agents/index';
import type { BatchActivities, FileActivities, JobActivities } from '../activities';
import { tools } from '../activities/tools';
import { DYNAMIC_AGENT } from '../common/call-options';
import { COLLECTOR } from '../common/batch';
import { pipelines } from '../common/pipelines/index';
import { bundleWorkflows } from '../worker/bundle-workflows';

/** What jobs and the collector have done for them. */
const OF_TROUPE: ReadonlyArray<keyof JobActivities | keyof FileActivities | keyof BatchActivities> = [
  'listSource',
  'openJob',
  'loadJobPage',
  'settleRow',
  'lookAtRows',
  'sampleRows',
  'takeFile',
  'writeOutput',
  'submitBatch',
  'lookAtBatch',
  'collectBatch',
  'failTickets',
  'withdrawTickets',
];

const folder = path.join(__dirname, 'histories');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));

/** Ids of children are made of it. */
function idOf(history: unknown): string | undefined {
  const [started] = (history as { events: readonly RecordedEvent[] }).events; // what `record.ts` wrote
  return started?.workflowExecutionStartedEventAttributes?.workflowId;
}

interface RecordedEvent {
  readonly workflowExecutionStartedEventAttributes?: { readonly workflowId?: string };
  readonly activityTaskScheduledEventAttributes?: {
    readonly activityType: { readonly name: string };
    readonly taskQueue: { readonly name: string };
  };
}

describe('recorded histories', () => {
  let workflowBundle: { code: string };
  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    workflowBundle = await bundleWorkflows();
  }, 60_000);

  it('exist for every pipeline and for the collector of Message Batches', () => {
    const recorded = new Set(files.map((name) => name.split('.')[0]));
    expect([...recorded].sort()).toEqual([...Object.keys(pipelines), COLLECTOR].sort());
  });

  it.each(files)('%s replays with the code of today', async (name) => {
    await expect(Worker.runReplayHistory({ workflowBundle }, historyFromJSON(read(name)), idOf(read(name)))).resolves.toBeUndefined();
  });

  it.each(files)('%s names only Activity Types that a worker registers', (name) => {
    const { events } = read(name) as { events: RecordedEvent[] };
    const types = events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => (scheduled ? [scheduled.activityType.name] : []));
    expect([...Object.keys(agents), ...Object.keys(tools), DYNAMIC_AGENT, ...OF_TROUPE]).toEqual(expect.arrayContaining(types));
  });

  it('replay whatever queue a call went to: routing may change while runs are open', async () => {
    const other = read('article.completed.json') as { events: RecordedEvent[] };
    const queues = other.events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => (scheduled ? [scheduled.taskQueue] : []));
    expect(queues.length).toBeGreaterThan(0);
    for (const queue of queues) Object.assign(queue, { name: 'another' });
    await expect(Worker.runReplayHistory({ workflowBundle }, historyFromJSON(other), idOf(other))).resolves.toBeUndefined();
  });

  it('do not replay with another order of calls: the check can fail', async () => {
    const other = read('article.completed.json') as { events: RecordedEvent[] };
    const first = other.events.find(
      ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled,
    )?.activityTaskScheduledEventAttributes;
    if (first === undefined) throw new Error('the recorded article schedules nothing');
    Object.assign(first.activityType, { name: 'outliner' });
    await expect(Worker.runReplayHistory({ workflowBundle }, historyFromJSON(other), 'other')).rejects.toThrow(/TMPRL1100|Nondeterminism/);
  });
});
