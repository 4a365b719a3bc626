import Table from 'cli-table3';

import type { ScaleOutReport } from './scale-out';
import type { PipelineSize, SizingReport } from './sizing';

const KIB = 1_024;
const PERCENT = 100;
const round = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
const orDash = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : round(value));

function tableOf(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const colAligns = head.map((_, at) => (at === 0 ? 'left' : 'right') as 'left' | 'right');
  const table = new Table({ head: [...head], style: { head: [], border: [] }, colAligns });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

/** Articles a second by the number of workers, and who used the processors. */
export function scaleOutTable({ concurrency, steps }: ScaleOutReport): string {
  const head = ['workers', 'articles/s', 'cpu ms an article: workers', 'server', 'store', 'simulator', 'client', 'of the machine'];
  const rows = steps.map(({ workers, perSecond, cpuMs, ofMachine }) => [
    String(workers),
    round(perSecond),
    ...(['workers', 'server', 'store', 'simulator', 'client'] as const).map((name) => orDash(cpuMs?.[name])),
    ofMachine === undefined ? '–' : `${(ofMachine * PERCENT).toFixed(0)} %`,
  ]);
  return `${steps[0]?.articles ?? 0} articles, ${concurrency} at a time, no latency, store in S3\n${tableOf(head, rows)}`;
}

const SIZES = [
  '',
  'calls',
  'Claude',
  'runs',
  'events',
  'KiB',
  'actions',
  'busy s',
  'S3 put',
  'list',
  'get',
  'KiB put',
  'cpu ms worker',
  'server',
];

function sizeRow({ name, calls, claudeUsd, server, store, workerCpuMs, serverCpuMs }: PipelineSize, each = 1): string[] {
  const figures = [server.runs, server.events, server.bytes / KIB, server.actions, server.busySeconds];
  const stored = [store.puts, store.lists, store.gets, store.bytes / KIB];
  return [
    name,
    round(calls / each),
    `$${(claudeUsd / each).toFixed(4)}`,
    ...[...figures, ...stored].map((figure) => round(figure / each)),
    ...[workerCpuMs, serverCpuMs].map((ms) => orDash(ms === null ? null : ms / each)),
  ];
}

/** What a run of each pipeline, and a row of a job, uses of every component. */
export function sizingTable({ pipelines, job, trueToLife, workerMiB }: SizingReport): string {
  const row = ['a row of it', ...sizeRow(job, job.rows).slice(1)];
  const table = tableOf(SIZES, [...pipelines.map((size) => sizeRow(size)), sizeRow(job), row, sizeRow(trueToLife)]);
  return `${table}\nmemory of the worker: ${orDash(workerMiB.idle)} MiB idle, ${orDash(workerMiB.after)} MiB after all of this`;
}
