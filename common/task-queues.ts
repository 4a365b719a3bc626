export const TASK_QUEUE = 'troupe';

/** What a worker may serve: the main queue with all workflows, the pool's queue, or both. */
export const SERVES = ['all', 'main', 'pool'] as const;
export type Serves = (typeof SERVES)[number];

const POOL_SUFFIX = '-pool';

/** Queue of activities that no serverless function can finish; a long-lived pool of workers serves it. */
export const poolOf = (queue: string): string => `${queue}${POOL_SUFFIX}`;

/** Queue of the workflows whose activities a queue has: pools have no workflows. */
export const mainOf = (queue: string): string => (queue.endsWith(POOL_SUFFIX) ? queue.slice(0, -POOL_SUFFIX.length) : queue);
