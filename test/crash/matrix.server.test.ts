import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';

import { pipelines, type PipelineName } from '../../common/pipelines/index';
import type { RunOutcome } from '../../common/run';
import { TASK_QUEUE } from '../../common/task-queues';
import { openStore } from '../../storage/open-store';
import { startBackend, type Backend } from '../helpers/backend';
import { auditFamily } from '../helpers/run-family';
import { until } from '../helpers/until';

/** `batchFiles` does a file once, and here everything is done twice. */
const NAMES = (Object.keys(pipelines) as PipelineName[]).filter((name) => name !== 'batchFiles');
const LATENCY_MS = 300;
/** Part of all requests that have been answered when the worker dies. */
const KILL_AT = 0.25;

interface Started {
  readonly name: PipelineName;
  readonly handle: WorkflowHandleWithFirstExecutionRunId;
}

type Outcomes = Readonly<Record<PipelineName, RunOutcome>>;

/** Every pipeline with its example, as `examples/<name>.json` has it: one that is new is here by itself. */
describe('kill -9 of the worker under one run of every pipeline', () => {
  let backend: Backend;
  let undisturbed: Outcomes;
  let outcomes: Outcomes;
  let runs: readonly Started[];
  let openAtKill: number;

  beforeAll(async () => {
    backend = await startBackend('matrix');
    const { simulator } = backend;
    const first = await backend.startWorker();
    undisturbed = await outcomesOf(await startAll('undisturbed'));

    const enough = Math.ceil(charged() * KILL_AT);
    simulator.reset();
    simulator.configure({ latencyMs: LATENCY_MS });
    runs = await startAll('struck');
    await until(() => charged() >= enough);
    first.kill();
    await first.ended;
    openAtKill = (await Promise.all(runs.map(({ handle }) => handle.describe()))).filter(({ status }) => status.name === 'RUNNING').length;
    await backend.startWorker();
    outcomes = await outcomesOf(runs);
    await until(() => simulator.requests().every(({ outcome }) => outcome !== 'open'));
  }, 360_000);
  afterAll(() => backend.close());

  const charged = (): number => backend.simulator.requests().filter((record) => record.charged).length;

  function startAll(series: string): Promise<Started[]> {
    return Promise.all(
      NAMES.map(async (name) => {
        const args = [require(`../../examples/${name}.json`)];
        const options = { taskQueue: TASK_QUEUE, workflowId: `${series}-${name}`, workflowTaskTimeout: '5s', args } as const;
        return { name, handle: await backend.client.workflow.start(name, options) };
      }),
    );
  }

  async function outcomesOf(started: readonly Started[]): Promise<Outcomes> {
    const ends = await Promise.all(started.map(async ({ name, handle }) => [name, (await handle.result()) as RunOutcome] as const));
    return Object.fromEntries(ends) as Outcomes; // one of each
  }

  test('finds most runs in the middle', () => {
    expect(openAtKill).toBeGreaterThan(NAMES.length / 2);
  });

  test.each(NAMES)('%s ends with a result of its published schema, the one that it has without a kill', (name) => {
    const { result, degraded } = outcomes[name];
    expect(pipelines[name].result.parse(result)).toEqual(result);
    expect(degraded).toEqual([]);
    expect(withoutTimes(result)).toEqual(withoutTimes(undisturbed[name].result));
  });

  test.each(NAMES)('%s has the bill within its ledger, and no answer that was in the journal is charged again', async (name) => {
    const handle = runs.find((run) => run.name === name)?.handle;
    const { client, namespace, simulator } = backend;
    const run = { namespace, workflowId: handle?.workflowId ?? '', firstRunId: handle?.firstExecutionRunId ?? '' };
    const books = { client, store: await openStore(backend.store), bill: simulator.requests(), ledger: outcomes[name].ledger };
    const audit = await auditFamily(run, books);
    expect(audit.journaled).toBeGreaterThan(0);
    expect(audit.violations).toEqual([]);
  });
});

const EPOCH_MS_FROM = Date.UTC(2020);
const ISO_TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** Made of the Workflow Id. */
const JOB_FOLDER = /jobs\/[0-9a-f]{2}\/[0-9a-f]{64}/g;

/** A result may say when somebody decided; all else is the same each time. */
function withoutTimes(result: unknown): unknown {
  const hidden = (_: string, value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(ISO_TIME, 'then').replaceAll(JOB_FOLDER, 'the folder of the job');
    return typeof value === 'number' && value > EPOCH_MS_FROM ? 'then' : value;
  };
  return JSON.parse(JSON.stringify(result, hidden));
}
