import { setTimeout as delay } from 'node:timers/promises';

import { QueryNotRegisteredError, type WorkflowClientInterceptor } from '@temporalio/client';

import { ASK_AGAIN } from '../common/messages';

const ATTEMPTS = 10;
const PAUSE_MS = 100;

/** Asks again when a query came at an unlucky moment: see `workflows/run/refuse-ahead.ts`. */
export const repeatQueries: WorkflowClientInterceptor = {
  async query(input, next) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await next(input);
      } catch (error) {
        // Whatever a query fails with comes as this type.
        const unlucky = error instanceof QueryNotRegisteredError && error.message.includes(ASK_AGAIN);
        if (!unlucky || attempt === ATTEMPTS) throw error;
        await delay(PAUSE_MS);
      }
    }
  },
};
