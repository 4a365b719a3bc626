import type { RunHandle } from '../run-handle';
import type { WatchedRun } from '../watch-run';
import { err, say } from './output';
import { sayIfSimulated } from './say-simulated';
import { renderChange, renderProgress, renderTotals } from './render-progress';

const FRAME_MS = 100;

export interface FollowOptions {
  /** Ends the watching, not the run. */
  readonly signal: AbortSignal;
  /** It was already said that Claude is simulated. */
  readonly announced: boolean;
}

/** Shows a run until it ends or the signal says stop. */
export async function followRun(run: RunHandle, options: FollowOptions): Promise<void> {
  const display = err.isTerminal ? await openLiveDisplay() : openPlainDisplay();
  let { announced } = options;
  try {
    for await (const look of run.watch({ signal: options.signal })) {
      if (!announced) announced = sayIfSimulated(look.simulated);
      display.show(look);
    }
  } finally {
    display.close();
  }
}

interface Display {
  show(look: WatchedRun): void;
  close(): void;
}

/** Redraws in place ten times a second, between the looks too: the spinner turns and the seconds count. */
async function openLiveDisplay(): Promise<Display> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(process.stderr);
  let latest: WatchedRun | undefined;
  let frame = 0;
  const draw = (): void => {
    if (latest === undefined) return;
    const view = { width: err.width(), height: process.stderr.rows ?? 24, now: Date.now(), frame, colors: err.colors };
    update(renderProgress(latest, view));
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
      update.done();
    },
  };
}

/** One line for every step that changed its state. */
function openPlainDisplay(): Display {
  const states = new Map<string, string>();
  let latest: WatchedRun | undefined;
  return {
    show: (look) => {
      latest = look;
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
