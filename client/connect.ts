import type { PipelineName } from '../common/pipelines';
import type { PipelineRequest, PipelineResult } from '../common/pipelines/types';
import { readSettings } from '../common/settings';
import { checkStart, type StartOptions } from './check-start';
import { openConnection, type ServerOptions } from './connection';
import { attempt, type ClientContext } from './context';
import { countWorkers } from './count-workers';
import { endedRows, type EndedRows, type JobPlaces } from '../rows/ended-rows';
import { openJobOutput, type JobOutput, type JobOutputOptions } from '../rows/job-output';
import { restartJob, startJob, storeOf, type JobOptions, type JobRows, type Redo } from './jobs/start-job';
import { formerRuns, type FormerRun } from './former-runs';
import { listRuns, type ListFilter } from './list-runs';
import { openClientStore } from './open-client-store';
import { createRunHandle, type RunHandle } from './run-handle';
import { waitingForPool } from './pool';
import { summarize, type RunSummary } from './run-summary';
import { createSchedules, type Schedules } from './schedules/schedules';
import { asking } from './service-errors';
import { startRun, type Started } from './start-run';
import { guessWebUi, runUrl } from './web-ui';

export interface ConnectOptions extends ServerOptions {
  /** Address of Temporal's Web UI, for links. @default TROUPE_UI_URL, else guessed for local servers and Temporal Cloud */
  readonly webUi?: string;
  /** Where partial work and large results are read. @default TROUPE_STORE, else `<TROUPE_DATA>/store` */
  readonly store?: string;
  /** Whether the server's workers talk to the simulator; noted with the run. @default not known */
  readonly simulated?: boolean;
}

/** What a job's progress and result say of its rows. */
export interface ClosedJob {
  readonly workflowId: string;
  readonly pipeline: string;
  readonly manifest: string;
}

/** Everything a program can do with runs. */
export interface Troupe {
  readonly address: string;
  readonly namespace: string;
  /** @throws TroupeError `invalid-input`, `id-taken`, `unreachable`; nothing is started then. */
  start<Name extends PipelineName>(
    pipeline: Name,
    input: PipelineRequest<Name>,
    options?: StartOptions,
  ): Promise<RunHandle<PipelineResult<Name>>>;
  /**
   * Runs every row through a pipeline. The rows are checked by then: see `checkRows` and `goodRows`.
   * @throws TroupeError as `start` does, and when the workers' store is not here.
   */
  startJob(job: JobRows, options?: JobOptions): Promise<RunHandle<PipelineResult<'batchJob'>>>;
  /**
   * Starts a closed job again for the rows that are not done, or for all whose answers would be others now. Lane, caps and rows at the
   * same time are those given here.
   * @throws TroupeError `invalid-input`, `id-taken`, `unreachable`
   */
  restartJob(job: ClosedJob, options: { redo: Redo } & Omit<JobOptions, 'id' | 'sample'>): Promise<RunHandle<PipelineResult<'batchJob'>>>;
  /** Opens an output file that follows a job. @throws TroupeError when the workers' store is not here. */
  jobOutput(options: Omit<JobOutputOptions, 'store'>): Promise<JobOutput>;
  /** The first rows of a job that have ended, with what was given and what became of each. @throws TroupeError when the workers' store is not here. */
  endedRows(job: JobPlaces, most: number): Promise<EndedRows>;
  /** @throws TroupeError `not-found`. */
  handle(workflowId: string): Promise<RunHandle>;
  list(filter?: ListFilter): Promise<RunSummary[]>;
  /** Inputs and ledgers of the newest completed runs of a pipeline, rows of jobs among them; `limit` runs are looked at. */
  formerRuns(pipeline: PipelineName, limit: number): Promise<FormerRun[]>;
  /** Runs that Temporal starts by itself. */
  readonly schedules: Schedules;
  /** Workers that asked for workflow tasks in the last minute. */
  workers(): Promise<number>;
  /** Calls in the queue of the pool while no worker serves it; 0 when one does. */
  waitingForPool(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Connects to Temporal: the given address, else the profile that `TEMPORAL_*` or `temporal.toml` name, else localhost:7233.
 * @throws TroupeError `unreachable`; Error when the environment is wrong.
 */
export async function connect(options: ConnectOptions = {}): Promise<Troupe> {
  const settings = readSettings(process.env);
  const opened = await openConnection(options);
  const { client, address, namespace } = opened;
  const context: ClientContext = {
    client,
    address,
    namespace,
    webUi: options.webUi ?? settings.TROUPE_UI_URL ?? guessWebUi(address),
    simulated: options.simulated,
    openStore: openClientStore(options.store ?? settings.TROUPE_STORE, settings),
  };
  const handleOf = <Result>({ attached, ...run }: Started): RunHandle<Result> =>
    createRunHandle(context, { ...run, url: runUrl(context.webUi, { namespace, ...run }) }, attached);
  return {
    address,
    namespace,
    start: async (pipeline, input, start) => handleOf(await startRun(context, checkStart(pipeline, input, start))),
    startJob: async (job, start) => handleOf(await startJob(context, job, start)),
    restartJob: async (job, start) => handleOf(await restartJob(context, job, start)),
    jobOutput: async (output) => openJobOutput({ ...output, store: await storeOf(context, `write "${output.file}"`) }),
    endedRows: async (job, most) => endedRows(await storeOf(context, 'read the rows'), job, most),
    handle: async (workflowId) => {
      const described = await asking(attempt(context, 'find the run', workflowId), () => client.workflow.getHandle(workflowId).describe());
      return createRunHandle(context, summarize(context, described), true);
    },
    list: (filter) => listRuns(context, filter),
    formerRuns: (pipeline, limit) => formerRuns(context, pipeline, limit),
    schedules: createSchedules(context),
    workers: () => countWorkers(context),
    waitingForPool: () => waitingForPool(context),
    close: () => opened.close(),
  };
}
