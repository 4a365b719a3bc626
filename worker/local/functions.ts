import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { COOL_OFF_MS } from '../deployments/compute';
import type { FunctionsView } from './stack-files';
import type { StackRequest } from './stack-messages';

type Arrival = Extract<StackRequest, { type: 'function' }>;
type Ending = Extract<StackRequest, { type: 'functionEnds' }>;

/** The functions of a stack, which the server starts by itself: each reports to the supervisor on a connection of its own. */
export interface Functions {
  /** @returns whether it is needed; one that is not leaves no trace */
  arrived(socket: Socket, arrival: Arrival): boolean;
  /** It takes up no more tasks. */
  drains(socket: Socket): void;
  ends(socket: Socket, ending: Ending): void;
  /** A connection has closed; it need not be a function's. */
  gone(socket: Socket): void;
  view(): FunctionsView;
  /** Ends those that run, whose open calls have `graceMs`, and needs no more. */
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

export interface FunctionsOptions {
  /** Milliseconds after its start in which a function certainly takes up tasks, unless it has nothing to do. */
  readonly takesMs: number;
  /** Takes a line about each start and end. */
  readonly say: (line: string) => void;
  readonly onChange: () => void;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** @default process.kill, if the process is there */
  readonly signal?: (pid: number, signal: NodeJS.Signals) => void;
}

interface Running extends Arrival {
  readonly number: number;
  drains: boolean;
  ending?: Ending;
}

const LOOK_MS = 20;
/** Keeps account of the functions of a stack. */
export function createFunctions({ takesMs, say, onChange, now = Date.now, signal = signalProcess }: FunctionsOptions): Functions {
  const running = new Map<Socket, Running>();
  let started = 0;
  let busyMs = 0;
  let stopping = false;
  const kill = (): void => {
    for (const { pid } of running.values()) signal(pid, 'SIGKILL');
  };
  return {
    arrived(socket, arrival) {
      // The server wakes one each half second while tasks come faster than they are taken up. One of a build has room for a hundred calls,
      // and on one machine the start of many only keeps all of them from working.
      // One that is about to end does not do: for a while the server would start no other.
      const isPolled = [...running.values()].some(
        ({ buildId, drains, startedAt }) => buildId === arrival.buildId && !drains && now() < startedAt + takesMs - COOL_OFF_MS,
      );
      if (stopping || isPolled) return false;
      started += 1;
      running.set(socket, { ...arrival, number: started, drains: false });
      say(`Function ${started} started (build ${arrival.buildId})`);
      onChange();
      return true;
    },
    drains(socket) {
      const drained = running.get(socket);
      if (drained !== undefined) drained.drains = true;
    },
    ends(socket, ending) {
      const ended = running.get(socket);
      if (ended !== undefined) ended.ending = ending;
    },
    gone(socket) {
      const ended = running.get(socket);
      if (ended === undefined) return;
      running.delete(socket);
      const lived = Math.max(0, now() - ended.startedAt);
      busyMs += lived;
      say(epitaph(ended, lived));
      onChange();
    },
    view: () => ({ running: [...running.values()].map(({ pid }) => pid), started, busySeconds: Math.round(busyMs / 100) / 10 }),
    async stop(graceMs) {
      stopping = true;
      for (const { pid } of running.values()) signal(pid, 'SIGTERM');
      for (const end = now() + graceMs; running.size > 0 && now() < end;) await delay(LOOK_MS);
      kill();
    },
    kill,
  };
}

/** What functions do and have done, for people. */
export function functionsLine({ running, started, busySeconds }: FunctionsView): string {
  const now = running.length === 0 ? 'scaled to zero: the server wakes a function when there is work' : `${running.length} running now`;
  return `Serverless, ${now} (${started} started so far, ${busySeconds.toFixed(1)} s busy)`;
}

const REASONS: Readonly<Record<string, string>> = {
  idle: 'nothing to do',
  window: 'its time was up',
  stopped: 'stopped',
  ended: 'its worker ended',
};

function epitaph({ number, ending }: Running, livedMs: number): string {
  const after = `after ${(livedMs / 1_000).toFixed(1)} s`;
  if (ending === undefined) return `Function ${number} died ${after}`;
  const { reason, workflowTasks, activities } = ending;
  return `Function ${number} ended ${after}: ${REASONS[reason] ?? reason}; workflow tasks ${workflowTasks}, activities ${activities}`;
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended.
  }
}
