import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';

import { collectorId } from '../../common/batch';
import { pauseUpdate, progressQuery, resumeUpdate, tellEndSignal } from '../../common/messages';
import { pipelines, type PipelineName } from '../../common/pipelines/index';
import type { RunOptions } from '../../common/run';
import type { FaultRule } from '../../simulator/faults';
import { packageRoot } from '../../worker/local/package-root';
import { startRig, type Rig, type RigRun } from '../helpers/rig';
import { until } from '../helpers/until';

/**
 * Records histories for the replay test: `npm run record-histories`. An existing file is history that some run out there may
 * still have, so it is kept; delete it only when no open run can be of its kind.
 */
interface Scenario {
  readonly pipeline: PipelineName;
  readonly end: string;
  readonly options?: RunOptions;
  readonly faults?: readonly FaultRule[];
  /** In place of the example. */
  readonly input?: object;
  readonly before?: () => void;
  readonly meanwhile?: (run: RigRun<PipelineName>, rig: Rig) => Promise<void>;
  /** Keys of rows of the job whose histories are kept, too. */
  readonly rows?: readonly string[];
}

const root = packageRoot();

const stepRuns = (run: RigRun<PipelineName>, agent: string): Promise<void> =>
  until(async () => (await run.handle.query(progressQuery)).steps.some((step) => step.agent === agent && step.state === 'running'));

const stepWaits = (run: RigRun<PipelineName>): Promise<void> =>
  until(async () => (await run.handle.query(progressQuery)).steps.some(({ state }) => state === 'waiting'));

const topics = (...names: string[]): object => ({ pipeline: 'brief', rows: names.map((topic) => ({ topic })) });

const titleOf = (topic: string): object => ({ agent: 'title', input: { topic, draft: 'Stone' } });

/** A worker that is away for longer than its turns wait before they are asked for again. */
const AWAY_MS = 40_000;

const SCENARIOS: readonly Scenario[] = [
  ...(Object.keys(pipelines) as PipelineName[]).map((pipeline) => ({ pipeline, end: 'completed' })),
  { pipeline: 'article', end: 'budget-reached', options: { budgetUsd: 0.01 } },
  { pipeline: 'article', end: 'degraded', faults: [{ kind: 'refusal', agent: 'seo' }] },
  { pipeline: 'productLaunch', end: 'flagged', faults: [{ kind: 'refusal', agent: 'launchSeo' }] },
  { pipeline: 'article', end: 'failed', faults: [{ kind: 'refusal', agent: 'outliner' }] },
  { pipeline: 'article', end: 'retried', faults: [{ kind: 'status', status: 529, agent: 'writer', nth: 1 }] },
  { pipeline: 'listing', end: 'held', faults: [{ kind: 'refusal', agent: 'fairHousingReviewer' }] },
  {
    pipeline: 'batchFiles',
    end: 'worked',
    // No folder of anybody's own.
    input: { pipeline: 'brief', source: '/tmp/troupe-recorded', outDir: '/var/tmp', settleMs: 100, skipInvalid: true },
    before: () => {
      mkdirSync('/tmp/troupe-recorded', { recursive: true });
      writeFileSync('/tmp/troupe-recorded/topics.csv', 'key,topic\na,Tide tables\nb,\n');
      writeFileSync('/tmp/troupe-recorded/wrong.csv', 'key,subject\na,Tide tables\n');
    },
  },
  { pipeline: 'brief', end: 'batch', options: { lane: 'batch' } },
  {
    pipeline: 'brief',
    end: 'away',
    options: { lane: 'batch' },
    meanwhile: async (run, rig) => {
      await stepWaits(run);
      await rig.whileAway(() => delay(AWAY_MS));
    },
  },
  {
    pipeline: 'batchJob',
    end: 'kept',
    // The first leaves everything to the job; the second opens itself, because its input is long.
    input: { pipeline: 'oneAgent', rows: [titleOf('Tide tables'), titleOf(`Moorings ${'and buoys '.repeat(100)}`)] },
    rows: ['1'],
  },
  {
    pipeline: 'batchJob',
    end: 'carried',
    input: { ...topics('Piers', 'Locks', 'Weirs'), concurrency: 2, rowsPerRun: 2 },
    rows: ['1'],
    faults: [{ kind: 'hold', agent: 'briefWriter' }],
    meanwhile: async (run, rig) => {
      const row = rig.client.workflow.getHandle(`${run.handle.workflowId}/1`);
      const isAsked = async (): Promise<boolean> =>
        (await row.fetchHistory()).events?.some(
          (event) => event.workflowExecutionSignaledEventAttributes?.signalName === tellEndSignal.name,
        ) === true;
      await until(isAsked, { limitMs: 90_000 });
      rig.simulator.setFaults([]);
    },
  },
  {
    pipeline: 'batchJob',
    end: 'cancelled',
    input: { ...topics(...Array.from({ length: 20 }, (_, at) => `Pier ${at + 1}`)), concurrency: 20 },
    options: { lane: 'batch' },
    meanwhile: async (run) => {
      await until(async () => ((await run.handle.describe()).raw.pendingChildren ?? []).length > 0);
      await run.handle.cancel();
    },
  },
  {
    pipeline: 'article',
    end: 'cancelled',
    faults: [{ kind: 'hang_body', agent: 'writer' }],
    meanwhile: async (run) => {
      await stepRuns(run, 'writer');
      await run.handle.cancel();
    },
  },
  {
    pipeline: 'article',
    end: 'paused',
    faults: [{ kind: 'slow', ms: 500, agent: 'researcher' }],
    meanwhile: async (run) => {
      await stepRuns(run, 'researcher');
      await run.handle.executeUpdate(pauseUpdate);
      await until(async () => (await run.handle.query(progressQuery)).steps.filter(({ state }) => state === 'done').length === 3);
      await run.handle.executeUpdate(resumeUpdate);
    },
  },
];

async function record(rig: Rig, { pipeline, end, options, faults, meanwhile, rows = [], ...given }: Scenario): Promise<void> {
  rig.simulator.setFaults([...(faults ?? [])]);
  given.before?.();
  const example = (): unknown => JSON.parse(readFileSync(path.join(root, 'examples', `${pipeline}.json`), 'utf8'));
  const input = (given.input ?? example()) as never; // the pipeline's schema checks it
  const run = await rig.start(pipeline, input, options);
  await meanwhile?.(run, rig);
  await run.outcome().catch(() => undefined);
  await keep(`${pipeline}.${end}.json`, run.handle);
  for (const key of rows) {
    const row = rig.client.workflow.getHandle(`${run.handle.workflowId}/${key}`);
    await keep(`${(await row.describe()).type}.${end}-row-${key}.json`, row);
  }
}

/** The collector of one run: it sends, waits, and takes back what the run no longer wants. */
async function recordCollector(rig: Rig): Promise<void> {
  const collector = rig.client.workflow.getHandle(collectorId(rig.store.id));
  await (await rig.start('brief', { topic: 'Moorings' }, { lane: 'batch' })).outcome();
  await until(async () => (await collector.describe()).status.name === 'COMPLETED');
  await keep('batchCollector.left-empty.json', collector);
  const run = await rig.start('brief', { topic: 'Tide tables' }, { lane: 'batch' });
  await stepWaits(run);
  await run.handle.cancel();
  await run.outcome().catch(() => undefined);
  await until(async () => (await collector.describe()).status.name === 'COMPLETED');
  await keep('batchCollector.withdrawn.json', collector);
}

async function keep(name: string, handle: WorkflowHandle): Promise<void> {
  const file = path.join(root, 'test', 'histories', name);
  // Stack traces name files; where they lie on this machine is nobody's business.
  const packages = path.dirname(realpathSync(path.join(root, 'node_modules')));
  const history = historyToJSON(await handle.fetchHistory())
    .replaceAll(`${root}/`, '')
    .replaceAll(`${packages}/`, '');
  try {
    writeFileSync(file, `${JSON.stringify(JSON.parse(history))}\n`, { flag: 'wx' });
    console.log(`recorded ${path.basename(file)}`);
  } catch {
    console.log(`kept ${path.basename(file)}`);
  }
}

async function main(): Promise<void> {
  const rig = await startRig();
  // Files are looked at there.
  await rig.servePool();
  try {
    for (const scenario of SCENARIOS) await record(rig, scenario);
    await recordCollector(rig);
  } finally {
    await rig.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
