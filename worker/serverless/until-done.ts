/** Why a function stops asking for tasks. `idle`: nothing to do. `window`: what is open must still fit. `stopped`: told so. `ended`: the worker did. */
export type EndReason = 'idle' | 'window' | 'stopped' | 'ended';

/** What has to be known of a worker. */
export interface Workload {
  /** Calls back with the number of tasks in flight: at once, and each time it changes. Returns how to stop that. */
  readonly watch: (onChange: (inFlight: number) => void) => () => void;
  /** Settles when the worker has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
}

export interface Limits {
  /** Milliseconds without a task in flight after which there is nothing to do. */
  readonly idleMs: number;
  /** Milliseconds in which tasks are taken up at all. */
  readonly pollMs: number;
  readonly stop: AbortSignal;
}

/** Waits until the worker should take up no more tasks. A task of any length in flight is work, however long it takes. */
export function untilDone({ watch, ended }: Workload, { idleMs, pollMs, stop }: Limits): Promise<EndReason> {
  return new Promise((resolve) => {
    let idle: NodeJS.Timeout | undefined;
    let unwatch: () => void = () => undefined;
    const finish = (reason: EndReason): void => {
      clearTimeout(idle);
      clearTimeout(window);
      stop.removeEventListener('abort', onStop);
      unwatch();
      resolve(reason);
    };
    const onStop = (): void => finish('stopped');
    const window = setTimeout(() => finish('window'), pollMs);
    unwatch = watch((inFlight) => {
      clearTimeout(idle);
      if (inFlight === 0) idle = setTimeout(() => finish('idle'), idleMs);
    });
    ended.then(
      () => finish('ended'),
      () => finish('ended'),
    );
    if (stop.aborted) onStop();
    else stop.addEventListener('abort', onStop, { once: true });
  });
}
