import { setTimeout as delay } from 'node:timers/promises';

import type { RunHandle } from '../run-handle';
import { ExitCode } from './exit-codes';
import { followRun, untilWaiting } from './follow-run';
import { untilInterrupted } from './interruption';
import { printEnd, type EndOptions } from './print-end';
import { waitForEnd } from './run-report';
import type { Ending, Session } from './session';
import { printHold, printWaiting } from './waiting';

export interface FinishOptions extends Omit<EndOptions, 'local'> {
  /** Show the steps while waiting. */
  readonly follow: boolean;
  /** Print what a run that did not complete had produced. */
  readonly withPartial: boolean;
  /** It was already said that Claude is simulated. */
  readonly announced: boolean;
}

/**
 * Waits for a run's end, by watching it or silently, and prints it. Ctrl-C ends the waiting, never the run; so does a gate that
 * only a person can pass.
 */
export async function finishRun(session: Session, run: RunHandle, options: FinishOptions): Promise<Ending> {
  const { signal } = session;
  const end = waitForEnd(run);
  // Ctrl-C or a gate may leave it unread.
  end.catch(() => undefined);
  const { announced } = options;
  const waiting = options.follow ? await followRun(run, { signal, announced }) : await untilWaiting(run, { signal, end });
  if (waiting?.job?.hold != null) {
    await printHold(run, waiting, options);
    return { code: ExitCode.budgetReached };
  }
  if (waiting !== undefined) {
    await printWaiting(run, waiting, options);
    return { code: ExitCode.waiting };
  }
  await Promise.race([end, untilInterrupted(signal)]);
  if (!signal.aborted) return { code: await printEnd(await end, { ...options, local: session.local !== null }) };
  return { code: ExitCode.interrupted, leave: 'interrupt', farewell: (stopped) => farewellOf(run.workflowId, stopped) };
}

function farewellOf(workflowId: string, stackStopped: boolean): string {
  const again = `npx troupe watch ${workflowId}`;
  if (!stackStopped) return `\nStopped watching; the run goes on. Watch it again with: ${again}`;
  return `\nStopped the local stack; the run is safe. Go on with: ${again}`;
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
