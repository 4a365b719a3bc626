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

/** Entry point of the AWS Lambda function. What woke it does not matter: it asks Temporal for tasks until there are none. */
export async function handler(_event: unknown, context: FunctionContext): Promise<Visit> {
  const visit = await serve({ remainingMs: () => context.getRemainingTimeInMillis(), stop: new AbortController().signal });
  process.stdout.write(`${JSON.stringify({ visit })}\n`);
  return visit;
}
