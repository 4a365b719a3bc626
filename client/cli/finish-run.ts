import { setTimeout as delay } from 'node:timers/promises';

import type { RunHandle } from '../run-handle';
import { ExitCode } from './exit-codes';
import { followRun } from './follow-run';
import { untilInterrupted } from './interruption';
import { err, say } from './output';
import { printEnd, type EndOptions } from './print-end';
import { waitForEnd } from './run-report';
import type { Ending, Session } from './session';

export interface FinishOptions extends EndOptions {
  /** Show the steps while waiting. */
  readonly follow: boolean;
  /** Print what a run that did not complete had produced. */
  readonly withPartial: boolean;
}

/** Said before the first answer of a run whose Claude is the simulator, so that nobody takes the text for real. */
export function sayIfSimulated(simulated: boolean): void {
  if (!simulated) return;
  say(err.colors.yellow('Simulated Claude: no ANTHROPIC_API_KEY is set, so the answers are made up and nothing is charged.'));
}

/** Waits for a run's end, by watching it or silently, and prints it. Ctrl-C ends the waiting, never the run. */
export async function finishRun(session: Session, run: RunHandle, options: FinishOptions): Promise<Ending> {
  const { signal } = session;
  const end = waitForEnd(run);
  // Ctrl-C may leave it unread.
  end.catch(() => undefined);
  if (options.follow) await followRun(run, signal);
  await Promise.race([end, untilInterrupted(signal)]);
  if (!signal.aborted) return { code: await printEnd(await end, options) };
  const stopped = session.local === null ? '' : ' It goes on when the local stack runs again.';
  say(`\nStopped watching; the run is safe.${stopped} Go on with: troupe watch ${run.workflowId}`);
  return { code: ExitCode.interrupted, leave: 'interrupt' };
}

const CLOSE_POLL_MS = 200;

/** Waits until a run has closed, for at most `limitMs`; false when it has not. */
export async function untilClosed(run: RunHandle, limitMs: number, signal: AbortSignal): Promise<boolean> {
  const until = Date.now() + limitMs;
  while ((await run.describe()).closedAt === null) {
    if (Date.now() >= until || signal.aborted) return false;
    await delay(CLOSE_POLL_MS);
  }
  return true;
}
