export const POOL_COMMAND = 'npx troupe worker --serves pool';

export const poolWait = (calls: number): string =>
  calls === 1 ? '1 call waits for a pool worker' : `${calls} calls wait for a pool worker`;

/** What waits and what to do about it, in a line of a terminal. */
export const poolHint = (calls: number): string => `${poolWait(calls)}: ${POOL_COMMAND}`;
