import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { LedgerView } from '../../common/ledger';
import type { Degradation } from '../../common/run';
import type { BillLine } from '../../simulator/bill-file';
import type { BillRecord } from '../../simulator/bill-record';
import { openStore } from '../../storage/open-store';
import { stackFiles } from '../../worker/local/stack-files';
import { auditRun, type Audit } from '../helpers/audit-run';
import { readRunJournal } from '../helpers/run-journal';
import { troupe, type CommandEnd } from '../helpers/troupe-command';
import { until } from '../helpers/until';
import { randomFrom } from './random';
import type { Violation } from './report';

export interface StackOptions {
  readonly seed: number;
  /** Times that everything is killed. @default 3 */
  readonly kills?: number;
  readonly log: (line: string) => void;
}

export interface StackReport {
  readonly articles: number;
  readonly completed: number;
  readonly trouble: string;
  readonly degraded: readonly string[];
  readonly audits: readonly Audit[];
  readonly violations: readonly Violation[];
}

/** Answers take about 0.2 to 4 s each, so an article is long enough to be struck several times. */
const ENVIRONMENT = { TROUPE_SIMULATOR_LATENCY: '0.3' };
const ID = 'chaos-article';

/** One article through the command line; its whole local stack is killed at random moments and comes back with `watch`. */
export async function runStack({ seed, kills = 3, log }: StackOptions): Promise<StackReport> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'troupe-chaos-stack-'));
  const random = randomFrom(seed);
  try {
    let end = await troupe(['run', 'article', 'A bakery that keeps its books', '--id', ID, '--detach', '--json'], dataDir, ENVIRONMENT);
    const violations = end.code === 0 ? [] : [failed('run --detach', end)];
    let struck = 0;
    while (struck < kills && violations.length === 0) {
      const watching = troupe(['watch', ID, '--json'], dataDir, ENVIRONMENT);
      const first = await Promise.race([watching, delay(random.between(500, 9_000))]);
      if (first !== undefined) {
        end = first;
        break;
      }
      log('  kill everything');
      violations.push(...(await killStack(dataDir)));
      struck += 1;
      await watching;
    }
    if (violations.length === 0) end = await troupe(['watch', ID, '--json'], dataDir, ENVIRONMENT);
    return await judge(dataDir, end, { struck, violations });
  } finally {
    await killStack(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Course {
  readonly struck: number;
  readonly violations: readonly Violation[];
}

async function judge(dataDir: string, end: CommandEnd, { struck, violations }: Course): Promise<StackReport> {
  const so = { articles: 1, trouble: `whole stack killed ×${struck}` };
  if (violations.length > 0 || end.code !== 0) {
    const all = violations.length > 0 ? violations : [failed('watch', end)];
    return { ...so, completed: 0, degraded: [], audits: [], violations: all };
  }
  const report = reportOf(end);
  const audit = await auditStack(dataDir, report);
  return {
    ...so,
    completed: report.status === 'completed' ? 1 : 0,
    degraded: report.degraded.map(({ step, reason }) => `${step}: ${reason}`),
    audits: [audit],
    violations: audit.violations.map((what) => ({ where: ID, what })),
  };
}

/** What `watch --json` prints, the part that is looked at here. */
export interface WatchReport {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: string;
  readonly result: { readonly findings: readonly unknown[] };
  readonly ledger: LedgerView;
  readonly degraded: readonly Degradation[];
}

export function reportOf({ stdout }: CommandEnd): WatchReport {
  return JSON.parse(stdout) as WatchReport; // the command's own format
}

/** Compares the books of a run on a local stack that has stopped. */
export async function auditStack(dataDir: string, { workflowId, runId, ledger }: WatchReport): Promise<Audit> {
  const run = { namespace: 'default', workflowId, firstRunId: runId };
  const bill = billOf(dataDir).filter((record) => record.workflowId === workflowId);
  return auditRun({ run, ledger, bill, journal: await readRunJournal(await openStore(stackFiles(dataDir).store), run) });
}

/** The simulator's bill, also while it is writing it. */
export function billOf(dataDir: string): BillRecord[] {
  const text = readFileSync(path.join(stackFiles(dataDir).simulatorState, 'bill.jsonl'), 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return whole.flatMap((line) => {
    if (line === '') return [];
    const parsed = JSON.parse(line) as BillLine; // the simulator's own format
    return parsed.kind === 'request' ? [parsed.record] : [];
  });
}

const GUARD = '/bin/sh -c {';
/** A supervisor whose command was killed before it took its lease gives up after 15 s. */
const GONE_MS = 25_000;

/**
 * Kills everything that belongs to a data folder at once, in whatever state of its start or stop: commands, supervisor, server,
 * worker, simulator. Says what of it is still there in the end: the guards must have ended what was just being born.
 */
export async function killStack(dataDir: string): Promise<Violation[]> {
  for (const line of processesOf(dataDir)) if (!line.includes(GUARD)) kill(line);
  await until(() => processesOf(dataDir).length === 0, { limitMs: GONE_MS }).catch(() => undefined);
  return processesOf(dataDir).map((what) => ({ where: 'the killed stack', what: `left a process: ${what}` }));
}

function kill(line: string): void {
  try {
    process.kill(Number.parseInt(line, 10), 'SIGKILL');
  } catch {
    // Gone between the listing and the kill.
  }
}

/** Lines of `ps`, process id first, of what has the data folder in its command line or environment. */
export function processesOf(dataDir: string): string[] {
  const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024 });
  const own = stdout.split('\n').filter((line) => line.includes(dataDir));
  return own.map((line) => line.trim().slice(0, 160));
}

function failed(what: string, { code, stderr }: CommandEnd): Violation {
  return { where: `troupe ${what}`, what: `ended with code ${code}: ${stderr.trim().slice(-600)}` };
}
