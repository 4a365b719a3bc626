import type { RunHandle } from '../run-handle';
import type { WatchedRun } from '../watch-run';
import { err, say } from './output';
import { renderChange, renderProgress, renderTotals } from './render-progress';

const FRAME_MS = 100;

/** Shows a run until it ends or the signal says stop; returns the last look at it. */
export async function followRun(run: RunHandle, signal: AbortSignal): Promise<WatchedRun | undefined> {
  return err.isTerminal ? followLive(run, signal) : followPlainly(run, signal);
}

/** Redraws in place ten times a second; looks at the run three times a second. */
async function followLive(run: RunHandle, signal: AbortSignal): Promise<WatchedRun | undefined> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(process.stderr);
  let latest: WatchedRun | undefined;
  let frame = 0;
  const draw = (): void => {
    if (latest === undefined) return;
    frame += 1;
    const view = { width: err.width(), height: process.stderr.rows ?? 24, now: Date.now(), frame, colors: err.colors };
    update(renderProgress(latest, view));
  };
  const timer = setInterval(draw, FRAME_MS);
  try {
    for await (const look of run.watch({ signal })) {
      latest = look;
      draw();
    }
    return latest;
  } finally {
    clearInterval(timer);
    draw();
    update.done();
  }
}

/** One line for every step that changed its state. */
async function followPlainly(run: RunHandle, signal: AbortSignal): Promise<WatchedRun | undefined> {
  const states = new Map<string, string>();
  let latest: WatchedRun | undefined;
  for await (const look of run.watch({ signal })) {
    latest = look;
    for (const step of look.steps) {
      if (states.get(step.step) === step.state) continue;
      states.set(step.step, step.state);
      say(renderChange(step));
    }
  }
  if (latest !== undefined) say(renderTotals(latest, Date.now()));
  return latest;
}
