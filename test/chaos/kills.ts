import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { auditArticle, startArticle, type ArticleOutcome, type ArticleRun } from '../helpers/article-runs';
import type { Audit } from '../helpers/audit-run';
import { startFragileStack, type FragileStack } from './fragile-stack';
import { planOf, type Blow } from './plan';
import type { Violation } from './report';

const LATENCY_MS = 400;
/** From the last blow to the end of the last run; far more than it takes. */
const RECOVERY_LIMIT_MS = 90_000;
const LOOK_MS = 200;

export interface KillsOptions {
  readonly seed: number;
  readonly articles: number;
  readonly log: (line: string) => void;
}

export interface KillsReport {
  readonly seed: number;
  readonly articles: number;
  readonly completed: number;
  /** How often each thing happened. */
  readonly blows: Readonly<Record<string, number>>;
  /** How the workers ended. */
  readonly deaths: Readonly<Record<string, number>>;
  /** From the last blow to the end of the last run. */
  readonly recoverySeconds: number;
  readonly degraded: readonly string[];
  readonly audits: readonly Audit[];
  readonly violations: readonly Violation[];
  /** Logs and state of the round, for whoever looks into it. */
  readonly folder: string;
}

/** Runs articles on a stack whose parts are killed at random, and holds every run against the bill. */
export async function runKills(options: KillsOptions): Promise<KillsReport> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-chaos-'));
  const stack = await startFragileStack({ folder, latencyMs: LATENCY_MS, seed: options.seed });
  try {
    return await batter(stack, folder, options);
  } finally {
    await stack.close();
  }
}

async function batter(stack: FragileStack, folder: string, { seed, articles, log }: KillsOptions): Promise<KillsReport> {
  const plan = planOf(seed, articles);
  const runs: ArticleRun[] = [];
  for (const blow of plan) {
    await delay(blow.afterMs);
    if (blow.kind !== 'start') log(`  ${blow.kind} ${blow.failpoint ?? ''}`);
    await strike(stack, blow, runs, `chaos-${seed}-${runs.length}`);
  }
  const struckAt = Date.now();
  const ends = await Promise.all(runs.map((run) => endOf(stack, run, struckAt + RECOVERY_LIMIT_MS)));
  const recoverySeconds = (Date.now() - struckAt) / 1_000;
  return {
    seed,
    articles,
    completed: ends.filter(({ audit }) => audit !== undefined).length,
    blows: countOf(plan.map(({ kind }) => kind).filter((kind) => kind !== 'start')),
    deaths: countOf(stack.worker.deaths),
    recoverySeconds,
    degraded: ends.flatMap((end) => end.degraded),
    audits: ends.flatMap(({ audit }) => (audit === undefined ? [] : [audit])),
    violations: [...ends.flatMap((end) => end.violations), ...unexpectedDeaths(stack)],
    folder,
  };
}

async function strike(stack: FragileStack, blow: Blow, runs: ArticleRun[], workflowId: string): Promise<void> {
  switch (blow.kind) {
    case 'start':
      return void runs.push(await startArticle(stack.client, workflowId, { serial: runs.length }));
    case 'kill worker':
      return stack.worker.replace();
    case 'failpoint':
      return stack.worker.replace(blow.failpoint);
    case 'kill server':
      return stack.killServer();
    case 'kill simulator':
      return stack.killSimulator();
    default:
      blow.kind satisfies never;
  }
}

interface RunEnd {
  readonly audit?: Audit;
  readonly degraded: readonly string[];
  readonly violations: readonly Violation[];
}

async function endOf(stack: FragileStack, run: ArticleRun, limit: number): Promise<RunEnd> {
  const where = run.key.workflowId;
  try {
    await closed(run, limit);
    const outcome = (await run.handle.result()) as ArticleOutcome; // started by name
    const audit = await auditArticle(run, outcome, stack);
    const degraded = outcome.degraded.map(({ step, reason }) => `${where} ${step}: ${reason}`);
    return { audit, degraded, violations: audit.violations.map((what) => ({ where, what })) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { degraded: [], violations: [{ where, what: `did not complete: ${String(cause)}` }] };
  }
}

/** Waits without a long poll: the connection has seen its server die. */
async function closed(run: ArticleRun, limit: number): Promise<void> {
  for (;;) {
    const status = await run.handle.describe().then(
      (described) => described.status.name,
      (error: unknown) => String(error),
    );
    if (status === 'COMPLETED' || status === 'FAILED') return;
    if (Date.now() > limit) throw new Error(`the run is ${status} ${RECOVERY_LIMIT_MS / 1_000} s after the last blow`);
    await delay(LOOK_MS);
  }
}

/** A worker may be killed; it may not give up on its own. */
function unexpectedDeaths({ worker }: FragileStack): Violation[] {
  return worker.deaths.filter((how) => how !== 'SIGKILL').map((how) => ({ where: 'worker', what: `ended with ${how}` }));
}

function countOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
