import { setTimeout as delay } from 'node:timers/promises';

import type { BillRecord } from '../../simulator/bill-record';
import type { FaultRule } from '../../simulator/index';
import { auditArticle, startArticle, type ArticleOutcome, type ArticleRun } from '../helpers/article-runs';
import type { Audit } from '../helpers/audit-run';
import { startRig, type Rig } from '../helpers/rig';
import type { Violation } from './report';

const RETRY_AFTER_S = 2;
/** Far more than the unluckiest article takes. */
const LIMIT_MS = 240_000;

/** Every fifth request meets trouble, each kind as likely as the others. The third meets a rate limit for certain. */
const FAULTS: readonly FaultRule[] = [
  { kind: '429', retryAfter: RETRY_AFTER_S, nth: 3 },
  {
    kind: 'mix',
    probability: 0.2,
    of: [529, { kind: '429', retryAfter: RETRY_AFTER_S }, 500, 'reset_mid_stream', 'malformed_json', 'bad_schema_output'],
  },
];

export interface FaultsOptions {
  readonly articles: number;
  readonly seed: number;
}

export interface FaultsReport {
  readonly articles: number;
  readonly completed: number;
  readonly requests: number;
  /** Requests by the fault that struck them. */
  readonly faults: Readonly<Record<string, number>>;
  /** What results lack, with the reason. */
  readonly degraded: readonly string[];
  readonly audits: readonly Audit[];
  readonly seconds: number;
  readonly violations: readonly Violation[];
}

/** Runs articles against a Claude that fails every fifth request. */
export async function runFaults({ articles, seed }: FaultsOptions): Promise<FaultsReport> {
  const rig = await startRig({ simulator: { latencyMs: 100, seed, faults: FAULTS }, maxCachedWorkflows: 1_000 });
  try {
    const startedAt = Date.now();
    const ends = await Promise.all(Array.from({ length: articles }, (_, serial) => oneArticle(rig, serial)));
    const records = rig.simulator.requests();
    return {
      articles,
      completed: ends.filter(({ audit }) => audit !== undefined).length,
      requests: records.length,
      faults: countFaults(records),
      degraded: ends.flatMap((end) => end.degraded),
      audits: ends.flatMap(({ audit }) => (audit === undefined ? [] : [audit])),
      seconds: (Date.now() - startedAt) / 1_000,
      violations: [...ends.flatMap((end) => end.violations), ...waits(records), ...heldSlots(rig)],
    };
  } finally {
    await rig.close();
  }
}

interface ArticleEnd {
  readonly audit?: Audit;
  readonly degraded: readonly string[];
  readonly violations: readonly Violation[];
}

async function oneArticle(rig: Rig, serial: number): Promise<ArticleEnd> {
  const workflowId = `faults-${rig.taskQueue}-${serial}`;
  const run = await startArticle(rig.client, workflowId, { serial, taskQueue: rig.taskQueue });
  try {
    const outcome = await Promise.race([run.handle.result(), delay(LIMIT_MS, undefined, { ref: false })]);
    if (outcome === undefined) throw new Error(`the run is still open after ${LIMIT_MS / 1_000} s`);
    return await judged(rig, run, outcome as ArticleOutcome); // started by name
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { degraded: [], violations: [{ where: workflowId, what: `did not complete: ${String(cause)}` }] };
  }
}

async function judged(rig: Rig, run: ArticleRun, outcome: ArticleOutcome): Promise<ArticleEnd> {
  const where = run.key.workflowId;
  const audit = await auditArticle(run, outcome, { store: rig.store, readBill: (workflow) => rig.simulator.requests({ workflow }) });
  const degraded = outcome.degraded.map(({ step, reason }) => `${where} ${step}: ${reason}`);
  return { audit, degraded, violations: audit.violations.map((what) => ({ where, what })) };
}

function countFaults(records: readonly BillRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fault } of records) if (fault !== null) counts[fault] = (counts[fault] ?? 0) + 1;
  return counts;
}

/** After a 429 the call comes back as another attempt, and not before the time that Claude asked for. */
function waits(records: readonly BillRecord[]): Violation[] {
  return records.flatMap((record) => {
    if (record.status !== 429) return [];
    const where = `${record.workflowId} ${record.step}`;
    const next = records.find(({ seq, workflowId, step }) => seq > record.seq && workflowId === record.workflowId && step === record.step);
    if (next === undefined) return [{ where, what: 'was not asked again after a 429' }];
    const waitedMs = next.at - record.at;
    return [
      ...(waitedMs >= RETRY_AFTER_S * 1_000 ? [] : [{ where, what: `was asked again ${waitedMs} ms after a 429` }]),
      ...(Number(next.attempt) > Number(record.attempt) ? [] : [{ where, what: `waited for a 429 within attempt ${record.attempt}` }]),
    ];
  });
}

/** An attempt that was refused with a 429 ends at once: Temporal waits, and the worker's slot is free meanwhile. */
function heldSlots({ log, simulator }: Rig): Violation[] {
  const ends = new Map(log.filter(isCallLine).map((line) => [`${line.workflowId} ${line.step} ${line.attempt}`, Date.parse(line.time)]));
  return simulator.requests().flatMap(({ status, workflowId, step, attempt, at }) => {
    if (status !== 429) return [];
    const where = `${workflowId} ${decodeURI(step ?? '')}`;
    const endedAt = ends.get(`${where} ${attempt}`);
    if (endedAt === undefined) return [{ where, what: `attempt ${attempt} is not in the call log` }];
    const heldMs = endedAt - at;
    return heldMs < RETRY_AFTER_S * 1_000 ? [] : [{ where, what: `attempt ${attempt} held its slot for ${heldMs} ms after a 429` }];
  });
}

/** The fields of the call log that are looked at here. */
interface CallLine {
  readonly time: string;
  readonly workflowId: string;
  readonly step: string;
  readonly attempt: number;
}

const isCallLine = (line: object): line is CallLine => 'event' in line && line.event === 'call';
