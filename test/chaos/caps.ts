import { progressQuery, raiseBudgetUpdate } from '../../common/messages';
import { fromUsd, toUsd } from '../../common/money';
import type { BillRecord } from '../../simulator/bill-record';
import type { FaultRule } from '../../simulator/index';
import type { Audit } from '../helpers/audit-run';
import { startRig, type Rig, type RigRun } from '../helpers/rig';
import { until } from '../helpers/until';
import { randomFrom } from './random';
import type { Violation } from './report';

export interface CapsOptions {
  readonly seed: number;
  readonly jobs: number;
  /** @default 20 */
  readonly rows?: number;
}

export interface CapsReport {
  readonly jobs: number;
  /** Rows of all jobs. */
  readonly rows: number;
  readonly completed: number;
  /** How often each thing happened. */
  readonly counts: Readonly<Record<string, number>>;
  /** One for each job, as it was when it was on hold. */
  readonly audits: readonly Audit[];
  readonly violations: readonly Violation[];
}

const ROWS = 20;
/** Far more than the unluckiest job takes. */
const LIMIT_MS = 240_000;
/** Every eighth request meets trouble; most kinds are on the bill all the same. */
const FAULTS: readonly FaultRule[] = [
  {
    kind: 'mix',
    probability: 0.125,
    of: [529, 500, 'reset_mid_stream', 'malformed_json', 'bad_schema_output', 'charge_then_drop', 'eof_no_stop'],
  },
];

/** Runs jobs under a cap of half of what such a job costs, against a Claude that fails, and holds the cap against the bill. */
export async function runCaps({ seed, jobs, rows = ROWS }: CapsOptions): Promise<CapsReport> {
  const rig = await startRig({ simulator: { latencyMs: 50, seed }, maxCachedWorkflows: 1_000 });
  try {
    const free = await startJob(rig, { name: `uncapped ${seed}`, rows, concurrency: rows });
    const { ledger } = await free.outcome();
    rig.simulator.setFaults(FAULTS);
    const random = randomFrom(seed);
    const capUsd = toUsd(Math.floor(fromUsd(ledger.costUsd) / 2));
    const ends = await Promise.all(
      Array.from({ length: jobs }, (_, at) =>
        oneJob(rig, { name: `${seed}, ${at + 1}`, rows, capUsd, concurrency: random.between(2, rows) }),
      ),
    );
    return {
      jobs,
      rows: jobs * rows,
      completed: ends.reduce((sum, { completed }) => sum + completed, 0),
      counts: countsOf(ends, rig.simulator.requests()),
      audits: ends.flatMap(({ audit }) => (audit === undefined ? [] : [audit])),
      violations: ends.flatMap(({ violations }) => violations),
    };
  } finally {
    await rig.close();
  }
}

interface JobEnd {
  readonly completed: number;
  readonly doneAtHold: number;
  readonly audit?: Audit;
  readonly violations: readonly Violation[];
}

interface NamedJob {
  readonly name: string;
  readonly rows: number;
  readonly concurrency: number;
  /** @default no cap */
  readonly capUsd?: number;
}

function startJob(rig: Rig, { name, rows, concurrency, capUsd }: NamedJob): Promise<RigRun<'batchJob'>> {
  const given = Array.from({ length: rows }, (_, at) => ({ topic: `Product ${at + 1} of a shop, ${name}` }));
  const input = { pipeline: 'brief', rows: given, concurrency };
  return rig.start('batchJob', input, capUsd === undefined ? undefined : { budgetUsd: capUsd });
}

async function oneJob(rig: Rig, job: NamedJob & { readonly capUsd: number }): Promise<JobEnd> {
  const run = await startJob(rig, job);
  try {
    return await throughItsCap(run, job);
  } catch (error) {
    return { completed: 0, doneAtHold: 0, violations: [{ where: run.handle.workflowId, what: String(error) }] };
  }
}

async function throughItsCap(run: RigRun<'batchJob'>, { rows, capUsd }: { rows: number; capUsd: number }): Promise<JobEnd> {
  const { handle } = run;
  const look = () => handle.query(progressQuery);
  await until(async () => (await look()).job?.hold != null || (await handle.describe()).closeTime !== undefined, { limitMs: LIMIT_MS });
  const held = await look();
  const audit = booksOf(run, held);
  const atHold = [
    ...(held.status === 'waiting' ? [] : [`is ${held.status} and not on hold at its cap`]),
    ...(audit.billUsd <= capUsd ? [] : [`has a bill of ${audit.billUsd} dollars under a cap of ${capUsd}`]),
    ...audit.violations,
  ];
  const doneAtHold = held.job?.done ?? 0;
  await handle.executeUpdate(raiseBudgetUpdate, { args: [{ budgetUsd: capUsd * 200 }] });
  const { result, ledger } = await run.outcome();
  const after = booksOf(run, ledger);
  const violations = [
    ...atHold,
    ...after.violations,
    ...(result.status === 'completed' && result.done + result.failed === rows
      ? []
      : [`ended as ${result.status} with ${result.done} done, ${result.failed} failed`]),
    ...result.failures.map(({ key, reason }) => `row ${key} failed: ${reason}`),
  ].map((what) => ({ where: handle.workflowId, what }));
  return { completed: result.done, doneAtHold, audit, violations };
}

/** The job against the bill: it is within what the job says, and no request of it is still open. */
function booksOf(run: RigRun<'batchJob'>, { costUsd, uncertainUsd }: { costUsd: number; uncertainUsd: number }): Audit {
  const bill = run.bill();
  const billed = bill.reduce((sum, { costPico }) => sum + costPico, 0);
  const [settled, uncertain] = [fromUsd(costUsd), fromUsd(uncertainUsd)];
  return {
    workflowId: run.handle.workflowId,
    settledUsd: costUsd,
    uncertainUsd,
    billUsd: toUsd(billed),
    charged: bill.length,
    journaled: bill.length,
    extra: 0,
    violations:
      settled <= billed && billed <= settled + uncertain
        ? []
        : [`bill ${billed} is not within ${settled} and ${settled} + ${uncertain} pico-dollars`],
  };
}

function countsOf(ends: readonly JobEnd[], requests: readonly BillRecord[]): Record<string, number> {
  const faults = requests.filter(({ fault }) => fault !== null).length;
  return { requests: requests.length, faults, 'rows done at the cap': ends.reduce((sum, { doneAtHold }) => sum + doneAtHold, 0) };
}
