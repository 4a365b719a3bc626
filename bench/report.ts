import Table from 'cli-table3';

import type { AppName } from './app';
import type { ConversationReport } from './conversation';
import type { HistorySize } from './history';
import type { JobsReport } from './jobs';
import type { LatencyReport } from './latency';
import type { NewsroomReport } from './newsroom';
import type { ScaleOutReport } from './scale-out';
import { scaleOutTable, sizingTable } from './scale-tables';
import type { SizingReport } from './sizing';
import { requirementLine, type Requirement } from './requirements';
import type { ServerlessReport } from './serverless';
import type { ServerlessJobReport } from './serverless-job/report';
import { serverlessJobTable } from './serverless-job/table';
import type { StartUpReport } from './start-up';
import type { ThroughputReport } from './throughput';

export interface AppFootprint {
  readonly history: HistorySize;
  /** Resident memory of the worker in MiB after all runs. */
  readonly workerMiB: number | null;
}

/** All figures of a bench; parts that were not run are absent. */
export interface BenchReport {
  readonly startedAt: string;
  readonly node: string;
  readonly cpus: number;
  readonly latency?: LatencyReport;
  readonly throughput?: ThroughputReport;
  readonly newsroom?: NewsroomReport;
  readonly conversation?: ConversationReport;
  readonly jobs?: JobsReport;
  readonly footprint?: Readonly<Record<AppName, AppFootprint>>;
  readonly startUp?: StartUpReport;
  readonly scaleOut?: ScaleOutReport;
  readonly sizing?: SizingReport;
  readonly serverless?: ServerlessReport;
  readonly serverlessJob?: ServerlessJobReport;
  /** Size of the workflow bundle that the build leaves. */
  readonly bundleBytes: number;
  readonly requirements: readonly Requirement[];
}

const round = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
const KIB = 1_024;

/** The report for people: a table, then one line for each requirement. */
export function renderReport(report: BenchReport): string {
  const rows = [...latencyRows(report), ...throughputRows(report), ...jobRows(report), ...footprintRows(report)];
  const table = new Table({
    head: ['', 'bare Temporal', 'Troupe', 'Troupe / bare'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right'],
  });
  table.push(...rows);
  const alone = [
    ...(report.newsroom === undefined ? [] : [newsroomLine(report.newsroom)]),
    ...(report.startUp === undefined
      ? []
      : [`troupe --help: ${round(report.startUp.helpMs)} ms · troupe run to the first call: ${round(report.startUp.firstCallMs)} ms`]),
    ...(report.serverless === undefined ? [] : [serverlessLine(report.serverless)]),
    `workflow bundle: ${round(report.bundleBytes / KIB)} KiB · Node ${report.node} · ${report.cpus} processors`,
  ];
  const more = [
    ...(report.conversation === undefined ? [] : [conversationTable(report.conversation)]),
    ...(report.scaleOut === undefined ? [] : [scaleOutTable(report.scaleOut)]),
    ...(report.sizing === undefined ? [] : [sizingTable(report.sizing)]),
    ...(report.serverlessJob === undefined ? [] : [serverlessJobTable(report.serverlessJob)]),
  ];
  return [...(rows.length > 0 ? [table.toString()] : []), ...more, ...alone, ...report.requirements.map(requirementLine)].join('\n');
}

function conversationTable({ resultCharacters, growth }: ConversationReport): string {
  const table = new Table({
    head: [`calls with ${round(resultCharacters / KIB)} KB results`, 'events', 'history MB', 'history KB a call', 'seconds'],
    style: { head: [], border: [] },
    colAligns: ['right', 'right', 'right', 'right', 'right'],
  });
  for (const { calls, events, bytes, seconds } of growth) {
    table.push([calls, events, (bytes / KIB / KIB).toFixed(2), (bytes / KIB / calls).toFixed(2), round(seconds)]);
  }
  return table.toString();
}

function serverlessLine({ starts, durationMs, exitMs, busySeconds }: ServerlessReport): string {
  const from = `${round(durationMs.median)} ms, median of ${starts} (${round(durationMs.min)} to ${round(durationMs.max)})`;
  return `one article from zero functions: ${from} · its end to the function's: ${round(exitMs.median)} ms · ${busySeconds.toFixed(1)} s busy in all`;
}

function newsroomLine({ durationMs, latencyMs, calls, criticalCalls, series }: NewsroomReport): string {
  const paths = `${criticalCalls * latencyMs} ms of ${criticalCalls} calls in a row, ${calls * latencyMs} ms of all ${calls}`;
  return `one newsroom article: ${round(durationMs.median)} ms, median of ${series.length} (p95 ${round(durationMs.p95)}) · ${paths}`;
}

type Row = [string, string, string, string];

function row(label: string, bare: number | null | undefined, troupe: number | null | undefined): Row {
  const ratio = bare && troupe ? (troupe / bare).toFixed(2) : '';
  return [label, bare == null ? '' : round(bare), troupe == null ? '' : round(troupe), ratio];
}

function latencyRows({ latency }: BenchReport): Row[] {
  if (latency === undefined) return [];
  const { bare, troupe } = latency.overheadMs;
  const over = `ms over ${latency.criticalPathMs} ms`;
  return [
    row(`one article, ${over}, median of ${bare.count}`, bare.median, troupe.median),
    row(`one article, ${over}, p95`, bare.p95, troupe.p95),
  ];
}

function throughputRows({ throughput }: BenchReport): Row[] {
  if (throughput === undefined) return [];
  const { bare, troupe } = throughput.apps;
  const cpu = (label: string, name: 'client' | 'server' | 'simulator'): Row => row(label, bare.cpuMs[name], troupe.cpuMs[name]);
  return [
    row(`articles/s, ${bare.articles} at concurrency ${throughput.concurrency}`, bare.perSecond, troupe.perSecond),
    row('one of them, ms, median', bare.durationMs.median, troupe.durationMs.median),
    row('one of them, ms, p95', bare.durationMs.p95, troupe.durationMs.p95),
    row('processor ms an article: worker', bare.cpuMs.bareWorker, troupe.cpuMs.troupeWorker),
    cpu('processor ms an article: server', 'server'),
    cpu('processor ms an article: simulator', 'simulator'),
    cpu('processor ms an article: client', 'client'),
  ];
}

function jobRows({ jobs }: BenchReport): Row[] {
  if (jobs === undefined) return [];
  const { bare, troupe } = jobs.cpuMs;
  return [
    row(`rows/s, ${jobs.rows} of one call at concurrency ${jobs.concurrency}`, jobs.perSecond.bare, jobs.perSecond.troupe),
    row('processor ms a row: worker', bare.worker, troupe.worker),
    row('processor ms a row: server', bare.server, troupe.server),
    row('longest run of the job: history events', null, jobs.longestRun.events),
    row('longest run of the job: history KiB', null, jobs.longestRun.bytes / KIB),
    row('a row: history events', null, jobs.rowRun.events),
    row('a row: history KiB', null, jobs.rowRun.bytes / KIB),
  ];
}

function footprintRows({ footprint }: BenchReport): Row[] {
  if (footprint === undefined) return [];
  const { bare, troupe } = footprint;
  return [
    row('history events a run', bare.history.events, troupe.history.events),
    row('history KiB a run', bare.history.bytes / KIB, troupe.history.bytes / KIB),
    row('worker memory, MiB', bare.workerMiB, troupe.workerMiB),
  ];
}
