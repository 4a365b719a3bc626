import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { LedgerView, PipelineName, RunHandle, Troupe } from '../client/index';
import { packageRoot } from '../worker/local/package-root';
import { cpuMs, residentMiB } from './process-usage';
import { familyOf, type FamilySize } from './run-family';
import { startScaleRig, type ScaleRig } from './scale-rig';
import { lengthOf, useSince, type StoreUse } from './store-log';
import { topicOf } from './topics';

/** What a run of a pipeline uses, its children included. */
export interface PipelineSize {
  /** Name of the pipeline, with what is special about this measurement. */
  readonly name: string;
  /** Requests to Claude. */
  readonly calls: number;
  /** What Claude charges for them, by the list. */
  readonly claudeUsd: number;
  readonly server: FamilySize;
  readonly store: StoreUse;
  /** Processor milliseconds of the worker and of the server; null where the system does not tell. */
  readonly workerCpuMs: number | null;
  readonly serverCpuMs: number | null;
}

export interface SizingReport {
  readonly pipelines: readonly PipelineSize[];
  /** Each figure is of all rows together. */
  readonly job: PipelineSize & { readonly rows: number };
  /** An article at the speed of the real models: its seconds of open calls are its beats. */
  readonly trueToLife: PipelineSize;
  /** Resident memory of the worker in MiB before its first run and after all; null where there is no `ps`. */
  readonly workerMiB: { readonly idle: number | null; readonly after: number | null };
}

/** The pipelines that end without a person, by their example. */
const PIPELINES: readonly PipelineName[] = [
  'brief',
  'article',
  'newsroom',
  'goal',
  'oneAgent',
  'customerQuery',
  'productLaunch',
  'competitorReport',
];

const TRUE_TO_LIFE = 1;

/** One run of each pipeline after a warm one, then a job, on a worker with its store in S3. */
export async function measureSizing(folder: string, { rows, say }: { rows: number; say: (line: string) => void }): Promise<SizingReport> {
  const rig = await startScaleRig(folder);
  try {
    await rig.startWorker();
    const idle = await workerMiB(rig);
    await rig.simulator.setLatency(0);
    await runToEnd(await rig.troupe.start('article', { topic: topicOf('warm', 1) }));
    const pipelines: PipelineSize[] = [];
    for (const name of PIPELINES) {
      say(`Sizing: ${name}`);
      pipelines.push(await measure(rig, name, () => startExample(rig.troupe, name)));
    }
    say(`Sizing: a job of ${rows} rows`);
    const job = { ...(await measure(rig, `batchJob of ${rows} × brief`, () => startRows(rig.troupe, rows))), rows };
    say('Sizing: an article at the speed of the real models');
    await rig.simulator.setScale(TRUE_TO_LIFE);
    const slow = await measure(rig, 'article, true to life', () => rig.troupe.start('article', { topic: topicOf('slow', 1) }));
    return { pipelines, job, trueToLife: slow, workerMiB: { idle, after: await workerMiB(rig) } };
  } finally {
    await rig.close();
  }
}

const workerMiB = async ({ workers }: ScaleRig): Promise<number | null> => (await residentMiB(workers[0] ?? 0)) ?? null;

function startExample(troupe: Troupe, name: PipelineName): Promise<RunHandle> {
  const text = readFileSync(join(packageRoot(), 'examples', `${name}.json`), 'utf8');
  return troupe.start(name, JSON.parse(text) as never); // checked against the pipeline's schema by the client
}

function startRows(troupe: Troupe, count: number): Promise<RunHandle> {
  const rows = Array.from({ length: count }, (_, at) => ({ key: String(at + 1), input: { topic: topicOf('row', at) } }));
  return troupe.startJob({ pipeline: 'brief', rows }, { concurrency: 25 });
}

async function measure({ client, gateway, pids, workers }: ScaleRig, name: string, start: () => Promise<RunHandle>): Promise<PipelineSize> {
  const from = lengthOf(gateway.accessLog);
  const [worker = 0] = workers;
  const used = (pid: number, before: number): number | null => {
    const ms = cpuMs(pid);
    return ms === undefined ? null : ms - before;
  };
  const [workerBefore, serverBefore] = [cpuMs(worker) ?? 0, cpuMs(pids.server) ?? 0];
  const run = await start();
  const { requests: calls, costUsd: claudeUsd } = await runToEnd(run);
  const [workerCpuMs, serverCpuMs] = [used(worker, workerBefore), used(pids.server, serverBefore)];
  const store = await useSince(gateway.accessLog, from);
  return { name, calls, claudeUsd, server: await familyOf(client, run), store, workerCpuMs, serverCpuMs };
}

async function runToEnd(run: RunHandle): Promise<LedgerView> {
  const { ledger, degraded } = await run.result();
  if (degraded.length > 0) throw new Error(`Cannot use run "${run.workflowId}": it is degraded; see the log of the worker`);
  return ledger;
}
