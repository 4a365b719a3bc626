import type { RunHandle } from '../run-handle';
import type { WatchedRun } from '../watch-run';
import { openPicture } from './live-picture';
import { err, say } from './output';
import { poolHint } from './pool-hint';
import { sayIfSimulated } from './say-simulated';
import { renderChange, renderJob, renderProgress, renderTotals } from './render-progress';
import { waitsForPerson } from './waiting';

const FRAME_MS = 100;

export interface FollowOptions {
  /** Ends the watching, not the run. */
  readonly signal: AbortSignal;
  /** It was already said that Claude is simulated. */
  readonly announced: boolean;
}

/**
 * Shows a run until it ends, waits for a person, or the signal says stop.
 * @returns the run as it waits; undefined when it does not
 */
export async function followRun(run: RunHandle, options: FollowOptions): Promise<WatchedRun | undefined> {
  const display = err.isTerminal ? await openLiveDisplay() : openPlainDisplay();
  let { announced } = options;
  try {
    for await (const look of run.watch({ signal: options.signal })) {
      if (!announced) announced = sayIfSimulated(look.simulated);
      display.show(look);
      if (waitsForPerson(look)) return look;
    }
    return undefined;
  } finally {
    display.close();
  }
}

const QUIET_LOOK_MS = 1_000;

/** The same without showing anything; the end itself is noticed at once. */
export async function untilWaiting(run: RunHandle, until: { signal: AbortSignal; end: Promise<unknown> }): Promise<WatchedRun | undefined> {
  const over = new AbortController();
  const ended = (): void => over.abort();
  until.end.then(ended, ended);
  const signal = AbortSignal.any([until.signal, over.signal]);
  for await (const look of run.watch({ signal, intervalMs: QUIET_LOOK_MS })) if (waitsForPerson(look)) return look;
  return undefined;
}

interface Display {
  show(look: WatchedRun): void;
  close(): void;
}

/** Redraws in place ten times a second, between the looks too: the spinner turns and the seconds count. */
async function openLiveDisplay(): Promise<Display> {
  const { createLogUpdate } = await import('log-update');
  const picture = openPicture(createLogUpdate(process.stderr));
  let latest: WatchedRun | undefined;
  let frame = 0;
  const draw = (): void => {
    if (latest === undefined) return;
    const view = { width: err.width(), height: process.stderr.rows ?? 24, now: Date.now(), frame, colors: err.colors };
    picture.draw(renderProgress(latest, view));
    frame += 1;
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    show: (look) => {
      if (latest === undefined) say('');
      latest = look;
      draw();
    },
    close: () => {
      clearInterval(timer);
      draw();
      picture.close();
    },
  };
}

/** A job of ten thousand rows need not fill the log. */
const JOB_LINE_EVERY_MS = 5_000;

/** One line for every step that changed its state; of a job one every few seconds. */
function openPlainDisplay(): Display {
  const states = new Map<string, string>();
  let job = { line: '', at: 0 };
  const asked = new Set<string>();
  let waiting = 0;
  let latest: WatchedRun | undefined;
  return {
    show: (look) => {
      latest = look;
      const line = look.job === undefined ? '' : renderJob(look.job, { paused: look.status === 'paused' });
      if (line !== job.line && (look.closed || Date.now() - job.at >= JOB_LINE_EVERY_MS)) {
        job = { line, at: Date.now() };
        say(line);
      }
      for (const id of look.job?.toReview ?? []) {
        if (!asked.has(id)) say(`A row waits for a person: npx troupe review ${id}`);
        asked.add(id);
      }
      // Once each time that the pool is found without workers.
      if (waiting === 0 && look.waitingForPool > 0) say(poolHint(look.waitingForPool));
      waiting = look.waitingForPool;
      for (const step of look.steps) {
        if (states.get(step.step) === step.state) continue;
        states.set(step.step, step.state);
        say(renderChange(step));
      }
    },
    close: () => {
      if (latest !== undefined) say(renderTotals(latest, Date.now()));
    },
  };
}
