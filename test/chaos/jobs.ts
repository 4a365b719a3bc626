import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { PipelineResult } from '../../common/pipelines/types';
import type { RunOutcome } from '../../common/run';
import { auditJob } from '../helpers/audit-job';
import type { Audit } from '../helpers/audit-run';
import { until } from '../helpers/until';
import { storeFolder } from '../helpers/worker-process';
import { startFragileStack, type FragileStack } from './fragile-stack';
import { planJobBlows, type JobBlow, type Pauses } from './job-plan';
import { KeptCommand } from './kept-command';
import { readOutput } from './read-output';
import type { Violation } from './report';

export interface JobsOptions {
  readonly seed: number;
  /** Kills in all; when the jobs are done before, the next ones are started. */
  readonly kills: number;
  /** Rows of each job. */
  readonly rows: number;
  readonly log: (line: string) => void;
  /** @default 300 to 3,000 ms */
  readonly pauses?: Pauses;
  /** Of every answer, in milliseconds. @default 400 */
  readonly latencyMs?: number;
  /** Milliseconds until a Message Batch is done. @default 1000 */
  readonly batchMs?: number;
  /** @default 25 */
  readonly concurrency?: number;
  /** See `FragileOptions`. @default false */
  readonly fastTimers?: boolean;
}

export interface JobsReport {
  /** Rows of all jobs. */
  readonly rows: number;
  readonly completed: number;
  readonly kills: Readonly<Record<string, number>>;
  /** Looks at an output file after a kill. */
  readonly looks: number;
  readonly jobs: number;
  /** From the last kill to the end of the last job. */
  readonly recoverySeconds: number;
  readonly audits: readonly Audit[];
  readonly violations: readonly Violation[];
  /** Logs and state, for whoever looks into it. */
  readonly folder: string;
}

/** One job in each lane at a time, each with another kind of output. */
const FORMS = [
  { lane: 'interactive', order: 'input', extension: 'csv' },
  { lane: 'batch', order: 'finished', extension: 'jsonl' },
] as const;
/** They take turns: two calls with a result that the row keeps itself; one call with a short result, which its job keeps. */
const KINDS = [
  {
    pipeline: 'brief',
    extension: 'csv',
    rowsOf: (keys: readonly string[], shop: string) => ['sku,topic', ...keys.map((key) => `${key},"Product ${key}, shop ${shop}"`)],
  },
  {
    pipeline: 'oneAgent',
    extension: 'jsonl',
    rowsOf: (keys: readonly string[], shop: string) =>
      keys.map((sku) =>
        JSON.stringify({ sku, agent: 'title', input: { topic: `Product ${sku}, shop ${shop}`, draft: 'Retrieval first' } }),
      ),
  },
] as const;
/** Without a request to Claude in this time after the last kill, jobs that have not ended hang. */
const STILL_MS = 180_000;
/** The collector comes by a failpoint in this time, or its worker is killed where it is. */
const FAILPOINT_LIMIT_MS = 5_000;

/** Kills worker, collector's worker, command line and Temporal server under running jobs, and holds their rows against the bill. */
export async function runJobs(options: JobsOptions): Promise<JobsReport> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-chaos-jobs-'));
  const { latencyMs = 400, batchMs = 1_000, seed, fastTimers } = options;
  const stack = await startFragileStack({ folder, latencyMs, batchMs, seed, fastTimers });
  const jobs: ChaosJob[] = [];
  try {
    return { ...(await batter(stack, folder, { ...options, jobs })), folder };
  } finally {
    await Promise.all(jobs.map(({ command }) => command.close()));
    await stack.close();
  }
}

interface ChaosJob {
  readonly workflowId: string;
  readonly keys: ReadonlySet<string>;
  readonly out: string;
  readonly command: KeptCommand;
}

type Course = JobsOptions & { readonly jobs: ChaosJob[] };

async function batter(stack: FragileStack, folder: string, course: Course): Promise<Omit<JobsReport, 'folder'>> {
  const { seed, kills, pauses = [300, 3_000], rows, jobs, log } = course;
  const plan = planJobBlows({ seed, kills, jobs: FORMS.length, pauses });
  const violations: Violation[] = [];
  const counts: Record<string, number> = {};
  let looks = 0;
  for (const blow of plan) {
    await delay(blow.afterMs);
    if (jobs.every(({ command }) => command.isDone)) {
      log(`  jobs ${jobs.length + 1} and ${jobs.length + 2}`);
      jobs.push(...(await startJobs(stack, folder, course)));
      await delay(blow.afterMs);
    }
    log(`  ${blow.kind} ${blow.failpoint ?? ''}`);
    const open = jobs.slice(-FORMS.length);
    await strike(stack, blow, open, () => {
      for (const job of open) {
        looks += 1;
        violations.push(...lookAt(job));
      }
    });
    counts[blow.kind] = (counts[blow.kind] ?? 0) + 1;
  }
  const struckAt = Date.now();
  const unfinished = await endOf(stack, jobs);
  const recoverySeconds = (Date.now() - struckAt) / 1_000;
  const ends = await judge(
    stack,
    jobs.filter(({ command }) => command.isDone),
  );
  return {
    rows: jobs.length * rows,
    completed: ends.completed,
    kills: counts,
    looks,
    jobs: jobs.length,
    recoverySeconds,
    audits: ends.audits,
    violations: [...violations, ...unfinished, ...ends.violations, ...ownFailures(stack, jobs)],
  };
}

async function startJobs(stack: FragileStack, folder: string, { seed, rows, concurrency = 25, jobs }: Course): Promise<ChaosJob[]> {
  const round = jobs.length / FORMS.length + 1;
  const kind = KINDS[(seed + round) % 2 === 0 ? 0 : 1];
  const started = FORMS.map(({ lane, order, extension }) => {
    const workflowId = `jobs-${seed}-${round}-${lane}`;
    const input = path.join(folder, `${workflowId}.in.${kind.extension}`);
    // Nested input has no columns.
    const out = path.join(folder, `${workflowId}.out.${kind.extension === 'csv' ? extension : kind.extension}`);
    const keys = Array.from({ length: rows }, (_, at) => `sku-${at + 1}`);
    writeFileSync(input, `${kind.rowsOf(keys, workflowId).join('\n')}\n`);
    const flags = ['--key=sku', `--id=${workflowId}`, `--lane=${lane}`, `--order=${order}`, `--concurrency=${concurrency}`];
    const command = new KeptCommand({
      args: ['batch', kind.pipeline, '--input', input, '--out', out, ...flags],
      env: clientEnvironment(stack, folder),
      logFile: path.join(folder, `${workflowId}.log`),
    });
    return { workflowId, keys: new Set(keys), out, command };
  });
  await Promise.all(started.map(({ command }) => command.start()));
  return started;
}

function clientEnvironment({ address, client }: FragileStack, folder: string) {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    NO_COLOR: '1',
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: client.options.namespace,
    TEMPORAL_CONFIG_FILE: path.join(folder, 'no-profile.toml'),
    TROUPE_DATA: folder,
    TROUPE_STORE: storeFolder(folder),
  };
}

/** Kills what the plan says and brings it back; looks at the outputs while it is dead. */
async function strike(stack: FragileStack, blow: JobBlow, jobs: readonly ChaosJob[], look: () => void): Promise<void> {
  const { worker } = stack;
  switch (blow.kind) {
    case 'worker': {
      const back = worker.replace();
      look();
      return back;
    }
    case 'collector': {
      const deaths = worker.deaths.length;
      await worker.replace(blow.failpoint);
      // One of them was of the worker that gave way to the one with the failpoint.
      await until(() => worker.deaths.length > deaths + 1, { limitMs: FAILPOINT_LIMIT_MS }).catch(() => worker.replace());
      return look();
    }
    case 'command': {
      const job = [...jobs.slice(blow.job), ...jobs].find(({ command }) => !command.isDone);
      await job?.command.kill();
      look();
      return job?.command.start();
    }
    case 'server': {
      const back = stack.killServer();
      look();
      return back;
    }
    default:
      blow.kind satisfies never;
  }
}

function lookAt({ workflowId, out, keys }: ChaosJob): Violation[] {
  return readOutput(out, keys).problems.map((what) => ({ where: `output of ${workflowId}`, what }));
}

/** However long it takes: a busy machine is no failure. */
async function endOf(stack: FragileStack, jobs: readonly ChaosJob[]): Promise<Violation[]> {
  const done = Promise.all(jobs.map(({ command }) => command.done)).then(() => true);
  for (let seen = -1; ;) {
    const requests = (await stack.readBill()).length;
    if (requests === seen) break;
    seen = requests;
    if (await Promise.race([done, delay(STILL_MS, false, { ref: false })])) return [];
  }
  return jobs
    .filter(({ command }) => !command.isDone)
    .map(({ workflowId }) => ({ where: workflowId, what: `is not done, and nothing was asked for ${STILL_MS / 1_000} s` }));
}

interface Judged {
  readonly completed: number;
  readonly audits: readonly Audit[];
  readonly violations: readonly Violation[];
}

async function judge(stack: FragileStack, jobs: readonly ChaosJob[]): Promise<Judged> {
  const { client, store } = stack;
  const violations: Violation[] = [];
  const audits: Audit[] = [];
  let completed = 0;
  let billed = 0;
  let bill = await stack.readBill();
  await until(async () => (bill = await stack.readBill()).every(({ outcome }) => outcome !== 'open'));
  for (const { workflowId, out, keys } of jobs) {
    const outcome = (await client.workflow.getHandle(workflowId).result()) as RunOutcome<PipelineResult<'batchJob'>>; // started by name
    const { ledger, result } = outcome;
    const audit = await auditJob({ store, namespace: client.options.namespace, workflowId, folder: result.folder, ledger, bill });
    const output = readOutput(out, keys);
    audits.push(...audit.rows);
    billed += audit.billedPico;
    completed += new Set(output.keys).size;
    const wrong = [
      ...output.problems,
      ...audit.violations,
      ...audit.rows.flatMap((row) => row.violations.map((what) => `${row.workflowId}: ${what}`)),
      ...(output.keys.length === keys.size ? [] : [`has ${output.keys.length} of ${keys.size} rows in its output`]),
      ...(result.done === keys.size && result.failed === 0 ? [] : [`says ${result.done} done and ${result.failed} failed of ${keys.size}`]),
    ];
    violations.push(...wrong.map((what) => ({ where: workflowId, what })));
  }
  const charged = bill.reduce((sum, record) => sum + (record.charged ? record.costPico : 0), 0);
  if (charged !== billed) violations.push({ where: 'the bill', what: `is ${charged} pico-dollars, and the rows asked for ${billed}` });
  return { completed, audits, violations };
}

/** Whatever is killed comes back; nothing may give up on its own. */
function ownFailures({ worker }: FragileStack, jobs: readonly ChaosJob[]): Violation[] {
  return [
    ...worker.deaths.filter((how) => how !== 'SIGKILL').map((how) => ({ where: 'worker', what: `ended with ${how}` })),
    ...jobs.flatMap(({ workflowId, command }) =>
      command.failures.map((how) => ({ where: `the command of ${workflowId}`, what: `ended with ${how}` })),
    ),
  ];
}
