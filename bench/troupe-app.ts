import type { Troupe } from '../client/index';
import type { App } from './app';

const CALLS = 7;

/** Troupe as a program uses it: the client library, with its checks, memo and search attributes. */
export function troupeApp(troupe: Troupe): App {
  return {
    name: 'troupe',
    run: async (topic) => {
      const run = await troupe.start('article', { topic });
      const { ledger, degraded } = await run.result();
      const whole = ledger.requests === CALLS && degraded.length === 0 && ledger.uncertainUsd === 0;
      if (!whole)
        throw new Error(
          `Cannot use run "${run.workflowId}": it took ${ledger.requests} requests instead of ${CALLS}; see the log of Troupe's worker`,
        );
      return { workflowId: run.workflowId, runId: run.runId };
    },
  };
}
