import { existsSync } from 'node:fs';

import { pipelines } from '../../../common/pipelines';
import type { RunStatus, RunSummary } from '../../run-summary';
import { TroupeError } from '../../troupe-error';
import { ago } from '../amounts';
import { cliSettings } from '../cli-settings';
import { renderColumns } from '../columns';
import { ExitCode } from '../exit-codes';
import { hasServer } from '../has-server';
import { out, print, printJson, say, type Colors } from '../output';
import { withSession } from '../session';

export interface ListFlags {
  readonly pipeline?: string;
  readonly status?: RunStatus;
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

/** Ids are never cut: people copy them. */
export function renderRuns(runs: readonly RunSummary[], now: number, colors: Colors): string {
  const rows = runs.map((run) => [paint(run.status, colors), colors.dim(ago(now - run.startedAt.getTime())), run.workflowId]);
  return renderColumns([{ title: 'status' }, { title: 'started' }, { title: 'run' }], rows, { bold: colors.dim });
}

/** `troupe list`: runs, newest first. */
export async function list(flags: ListFlags): Promise<number> {
  const { json, ...filter } = flags;
  if (filter.pipeline !== undefined && !Object.hasOwn(pipelines, filter.pipeline)) {
    const known = Object.keys(pipelines).join(', ');
    throw new TroupeError('invalid-input', `Cannot list "${filter.pipeline}": no such pipeline; choose one of ${known}`);
  }
  const show = (runs: readonly RunSummary[]): void => {
    if (json === true) printJson(runs);
    else if (runs.length === 0) say('No runs');
    else print(renderRuns(runs, Date.now(), out.colors));
  };
  if (!hasServer() && !existsSync(cliSettings().TROUPE_DATA)) {
    show([]);
    return ExitCode.done;
  }
  return withSession(
    async ({ troupe }) => {
      show(await troupe.list(filter));
      return { code: ExitCode.done, leave: 'as-found' };
    },
    { anySettings: true },
  );
}
