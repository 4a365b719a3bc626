import { existsSync } from 'node:fs';

import { pipelines } from '../../../common/pipelines';
import type { RunStatus, RunSummary } from '../../run-summary';
import { shorten } from '../../shorten';
import { unknownPipeline } from '../../../common/pipelines/unknown-pipeline';
import { ago, usd } from '../amounts';
import { cliSettings } from '../cli-settings';
import { renderColumns, type Column } from '../columns';
import { ExitCode } from '../exit-codes';
import { hasServer } from '../has-server';
import { out, print, printJson, say, type Colors } from '../output';
import { withSession } from '../session';

export interface ListFlags {
  readonly pipeline?: string;
  readonly status?: RunStatus;
  readonly job?: string;
  readonly schedule?: string;
  readonly limit: number;
  readonly json?: true;
}

function paint(status: RunStatus, colors: Colors): string {
  switch (status) {
    case 'running':
      return colors.cyan(status);
    case 'completed':
      return colors.green(status);
    case 'failed':
      return colors.red(status);
    default:
      return colors.yellow(status);
  }
}

interface ListView {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly colors: Colors;
  /** Columns of the terminal; Infinity: no limit. */
  readonly width: number;
}

const GAP = 2;
/** A subject with less room says nothing. */
const MIN_SUBJECT = 16;
const MAX_SUBJECT = 60;

const widest = (title: string, cells: readonly string[]): number => Math.max(title.length, ...cells.map((cell) => cell.length)) + GAP;

/** Ids are never cut: people copy them. Cost and subject are there where the terminal has room for them. */
export function renderRuns(runs: readonly RunSummary[], { now, colors, width }: ListView): string {
  const started = runs.map((run) => ago(now - run.startedAt.getTime()));
  const costs = runs.map(({ costUsd }) => (costUsd === null ? '' : usd(costUsd)));
  const needed = [
    widest(
      'status',
      runs.map(({ status }) => status),
    ),
    widest('started', started),
    widest(
      'run',
      runs.map(({ workflowId }) => workflowId),
    ),
  ];
  const cost = widest('cost', costs);
  const free = width - needed.reduce((sum, column) => sum + column, 0);
  const withCost = free + GAP >= cost;
  const subject = Math.min(MAX_SUBJECT, free - (withCost ? cost : 0));
  const withSubject = subject >= MIN_SUBJECT;
  const columns: Column[] = [
    { title: 'status' },
    { title: 'started' },
    ...(withCost ? [{ title: 'cost', align: 'right' as const }] : []),
    { title: 'run' },
    ...(withSubject ? [{ title: 'subject' }] : []),
  ];
  const rows = runs.map((run, at) => [
    paint(run.status, colors),
    colors.dim(started[at] ?? ''),
    ...(withCost ? [costs[at] ?? ''] : []),
    run.workflowId,
    ...(withSubject ? [colors.dim(shorten(run.subject, subject))] : []),
  ]);
  return renderColumns(columns, rows, { bold: colors.dim });
}

/** `troupe list`: runs, newest first. */
export async function list(flags: ListFlags): Promise<number> {
  const { json, ...filter } = flags;
  if (filter.pipeline !== undefined && !Object.hasOwn(pipelines, filter.pipeline)) {
    throw unknownPipeline('list', filter.pipeline);
  }
  const show = (found: readonly RunSummary[]): void => {
    const runs = found.slice(0, filter.limit);
    if (json === true) printJson(runs);
    else if (runs.length === 0) say('No runs');
    else print(renderRuns(runs, { now: Date.now(), colors: out.colors, width: out.isTerminal ? out.width() : Infinity }));
    if (found.length > runs.length) say(`Only the newest ${runs.length} are shown; more: --limit ${filter.limit * 5}`);
  };
  if (!hasServer() && !existsSync(cliSettings().TROUPE_DATA)) {
    show([]);
    return ExitCode.done;
  }
  return withSession(
    async ({ troupe }) => {
      // One more than wanted tells whether there are more.
      show(await troupe.list({ ...filter, limit: filter.limit + 1 }));
      return { code: ExitCode.done, leave: 'as-found' };
    },
    { anySettings: true },
  );
}
