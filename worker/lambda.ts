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

/** Of what is left when a first invocation begins, against the whole: the start itself counts when it took long. */
const ROUNDED_TO_MS = 10_000;
let checked = false;

/** Entry point of the AWS Lambda function. What woke it does not matter: it asks Temporal for tasks until there are none. */
export async function handler(_event: unknown, context: FunctionContext): Promise<Visit> {
  if (!checked) refuseMisfits(Math.ceil(context.getRemainingTimeInMillis() / ROUNDED_TO_MS) * ROUNDED_TO_MS);
  checked = true;
  const visit = await serve({ remainingMs: () => context.getRemainingTimeInMillis(), stop: new AbortController().signal });
  process.stdout.write(`${JSON.stringify({ visit })}\n`);
  return visit;
}
