import type { WatchedRun } from '../../watch-run';
import { ago } from '../amounts';
import { ExitCode } from '../exit-codes';
import { lookAt } from '../look-at';
import { out, print, printJson } from '../output';
import { renderDegraded } from '../render-ledger';
import { nameOf, renderProgress } from '../render-progress';
import { waitForEnd } from '../run-report';
import { withSession } from '../session';
import { webUiLine } from '../web-ui-line';
import { functionsText, stackInfoIn } from '../functions-text';
import { holdText, howToRaise } from '../waiting';
import { wrapText } from '../wrap-text';

const ALL_STEPS = 10_000;

interface Status {
  readonly look: WatchedRun;
  readonly startedAt: Date;
  /** Why it ended without a result. */
  readonly error: string | null;
  readonly local: boolean;
  /** What there is in place of a worker. */
  readonly functions: string | null;
}

function renderStatus({ look, startedAt, error, local, functions }: Status): string {
  const { colors, width } = out;
  const now = Date.now();
  const reasons = look.steps.flatMap((step) => (step.reason === undefined ? [] : [wrapText(`- ${nameOf(step)}: ${step.reason}`, width())]));
  const told = look.steps.some(({ reason }) => reason !== undefined && error?.includes(reason) === true);
  const lines = [
    `${colors.bold(look.workflowId)} · ${look.pipeline} · started ${ago(now - startedAt.getTime())}${look.simulated ? ' · simulated' : ''}`,
    look.subject,
    '',
    renderProgress(look, { width: out.isTerminal ? width() : 120, height: ALL_STEPS, now, frame: 0, colors }),
    ...(look.job?.hold == null || look.closed ? [] : ['', colors.yellow(wrapText(holdText(look), width())), howToRaise(look)]),
    ...(reasons.length === 0 ? [] : ['', ...reasons]),
    ...(look.degraded.length === 0 ? [] : ['', renderDegraded(look.degraded)]),
    ...(error === null || told ? [] : ['', colors.red(wrapText(error, width()))]),
    ...(functions === null || look.closed ? [] : ['', colors.dim(functions)]),
    ...(look.url === null ? [] : ['', webUiLine(look.url, local)]),
  ];
  return lines.join('\n');
}

/** `troupe status`: one look at a run. */
export async function status(id: string, flags: { readonly json?: true }): Promise<number> {
  return withSession(
    async ({ troupe, local }) => {
      const run = await troupe.handle(id);
      const [look, { startedAt, closedAt }] = await Promise.all([lookAt(run), run.describe()]);
      const error = look.closed && look.status !== 'completed' ? (await waitForEnd(run)).error : null;
      const why = error === null ? {} : { error: { code: error.code, message: error.message } };
      if (flags.json === true) printJson({ ...look, ...why, startedAt, closedAt });
      else {
        const functions = local === null ? null : functionsText(stackInfoIn(local.addresses.dataDir));
        print(renderStatus({ look, startedAt, error: error?.message ?? null, local: local !== null, functions }));
      }
      return { code: ExitCode.done, leave: 'as-found' };
    },
    { looksAt: id },
  );
}
