/** Places along a call at which a crash test may kill the worker, in the order a call passes them. */
export const CALL_FAILPOINTS = {
  'call-start': 'the attempt has begun; nothing was read yet',
  'after-lookup': 'the journal was read and has no answer for the turn',
  'before-intent': 'the request is rendered and within its grant',
  'after-intent': 'the intent is written, the request is not sent',
  'after-headers': 'Claude has accepted the request',
  'mid-stream': 'the first piece of the answer has arrived',
  'after-answer': 'the answer is complete, the journal does not have it',
  'after-journal': 'the answer is in the journal, nothing has looked at it',
  'after-checks': 'the answer fits its schema',
  'before-completion': 'the result is ready, Temporal does not have it',
} as const;

/** The same along a Message Batch. */
export const BATCH_FAILPOINTS = {
  'before-announcement': 'a turn is written down, the collector has not heard of it',
  'before-batch': 'it is written down that a batch will be sent; it is not sent',
  'after-batch': 'Claude has taken the batch; nobody has its id',
  'mid-results': 'some of the answers of a batch are in the journal',
} as const;

export const FAILPOINTS = { ...CALL_FAILPOINTS, ...BATCH_FAILPOINTS } as const;

export type Failpoint = keyof typeof FAILPOINTS;

export interface Failpoints {
  /** Ends the process when this is the place and the visit it was told to end at. */
  hit(name: Failpoint): void;
}

const dieLikePowerCut = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

/**
 * Failpoints for a worker.
 * @param spec `name`, or `name:n` for the n-th visit in this process. Absent: none.
 * @throws Error naming the known places when `spec` is none of them.
 */
export function createFailpoints(spec: string | undefined, die: () => void = dieLikePowerCut): Failpoints {
  if (spec === undefined || spec === '') return { hit: () => undefined };
  const [, name = '', count = '1'] = /^([a-z-]+)(?::([1-9]\d*))?$/.exec(spec) ?? [];
  if (!(name in FAILPOINTS)) {
    const known = Object.keys(FAILPOINTS).join(', ');
    throw new Error(`Cannot set failpoint "${spec}": no such place; use one of ${known}, each with an optional ":n"`);
  }
  let left = Number(count);
  return {
    hit(at) {
      if (at !== name) return;
      left -= 1;
      if (left === 0) die();
    },
  };
}
