import { ExitCode, exitCodeOf } from './exit-codes';
import { err, out, print, printJson, say, type Colors } from './output';
import { renderDegraded, renderLedger } from './render-ledger';
import { renderArtifacts, renderMarkdown } from './render-result';
import type { RunEnd } from './run-report';
import { markSimulated } from './say-simulated';
import { webUiLine } from './web-ui-line';
import { wrapText } from './wrap-text';
import { writeResult } from './write-result';

export interface EndOptions {
  readonly json?: boolean;
  /** File for the result of a completed run. */
  readonly out?: string;
  /** The Web UI belongs to the local stack and ends with it. */
  readonly local: boolean;
}

const NO_RESULT: Readonly<Record<string, string>> = {
  'budget-reached': 'the run reached its budget before its result',
  'run-failed': 'the run failed before its result',
  cancelled: 'the run was cancelled before its result',
};

/** Lines longer than this are hard to read on the widest terminal. */
const READABLE_WIDTH = 100;

function forTerminal(markdown: string, colors: Colors): string {
  const wrapped = out.isTerminal ? wrapText(markdown, Math.min(out.width(), READABLE_WIDTH)) : markdown;
  return wrapped.replaceAll(/^#+ .*$/gm, (heading) => colors.bold(heading));
}

function sayCost(end: RunEnd, local: boolean): void {
  const { ledger, degraded = [], url, simulated } = end.report;
  if (degraded.length > 0) say(`\n${err.colors.yellow('Not everything worked:')}\n${renderDegraded(degraded)}`);
  if (ledger && (ledger.requests > 0 || ledger.uncertainUsd > 0)) say(`\n${renderLedger(ledger, err.colors, err.within())}`);
  if (simulated === true && (end.error === null || (ledger?.requests ?? 0) > 0))
    say(err.colors.yellow('\nThe answers were made up by the simulator; nothing was charged.'));
  if (url !== null) say(`\n${webUiLine(url, local)}`);
}

function printPartial(end: RunEnd): void {
  const { partial = [] } = end.report;
  if (partial.length === 0) return;
  say(err.colors.yellow(`\nWhat was done by then (${partial.map(({ key }) => key).join(', ')}):\n`));
  print(forTerminal(markSimulated(renderArtifacts(partial), end.report.simulated), out.colors));
}

/** Prints how a run ended: result to stdout, everything else to stderr. Returns the exit code. */
export async function printEnd(end: RunEnd, options: EndOptions & { readonly withPartial: boolean }): Promise<number> {
  const { report, error, pipeline } = end;
  if (error === null && options.out !== undefined) await writeResult(options.out, { ...report, pipeline });
  if (options.json === true) printJson(report);
  else if (error === null) {
    if (options.out === undefined) print(forTerminal(markSimulated(renderMarkdown(pipeline, report.result), report.simulated), out.colors));
    else say(`Result written to "${options.out}"`);
    sayCost(end, options.local);
  } else {
    if (options.withPartial) printPartial(end);
    sayCost(end, options.local);
  }
  if (error === null) return ExitCode.done;
  say(err.colors.red(error.message));
  if (options.out !== undefined) say(`Nothing written to "${options.out}": ${NO_RESULT[error.code] ?? 'the run has no result'}`);
  const kept = report.partial?.length ?? 0;
  if (!options.withPartial && kept > 0)
    say(`${kept} finished ${kept === 1 ? 'step is' : 'steps are'} kept: npx troupe result ${report.workflowId}`);
  return exitCodeOf(error);
}
