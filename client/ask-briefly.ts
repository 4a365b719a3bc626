import type { ClientContext } from './context';

// A worker answers in milliseconds; without one the server would hold a query for ten seconds.
const TIMEOUT_MS = 3_000;

/** Asks a run something that can be done without; undefined when no worker answers in time or the run does not know. */
export async function askBriefly<Answer>(context: ClientContext, ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await context.client.withDeadline(Date.now() + TIMEOUT_MS, ask);
  } catch {
    return undefined;
  }
}
