import type { WorkflowClientInterceptor } from '@temporalio/client';

import { ASK_AGAIN } from './messages';

const ATTEMPTS = 10;
const PAUSE_MS = 100;

/** Asks again when a query came at an unlucky moment: see `workflows/run/refuse-ahead.ts`. For every client that queries runs. */
export const repeatQueries: WorkflowClientInterceptor = {
  async query(input, next) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await next(input);
      } catch (error) {
        if (!isUnlucky(error) || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  },
};

/** Whatever a query fails with comes as this type, which is known here by its name: common/ takes no values of the client. */
const isUnlucky = (error: unknown): boolean =>
  error instanceof Error && error.name === 'QueryNotRegisteredError' && error.message.includes(ASK_AGAIN);
