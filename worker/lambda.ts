import { refuseMisfits } from './fits-function';
import { createServe, type Visit } from './serverless/serve';

/** Of AWS's context, what the handler needs. */
export interface FunctionContext {
  readonly getRemainingTimeInMillis: () => number;
}

const serve = createServe({
  env: process.env,
  folder: __dirname,
  log: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
});

/** A function's limit is whole seconds; of the last one some milliseconds are gone when the handler is called. */
const SECOND_MS = 1_000;
let checked = false;

/** Entry point of the AWS Lambda function. What woke it does not matter: it asks Temporal for tasks until there are none. */
export async function handler(_event: unknown, context: FunctionContext): Promise<Visit> {
  if (!checked) refuseMisfits(Math.ceil(context.getRemainingTimeInMillis() / SECOND_MS) * SECOND_MS);
  checked = true;
  const visit = await serve({ remainingMs: () => context.getRemainingTimeInMillis(), stop: new AbortController().signal });
  process.stdout.write(`${JSON.stringify({ visit })}\n`);
  return visit;
}
