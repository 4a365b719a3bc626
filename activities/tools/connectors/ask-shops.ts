import { ApplicationFailure } from '@temporalio/common';

import { toolFailure } from '../tool-failure';

export interface AskShops<Shop, Answer> {
  readonly tool: string;
  readonly shops: readonly Shop[];
  /** Of one shop, with all that is asked of it. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly ask: (shop: Shop, signal: AbortSignal) => Promise<Answer>;
}

export interface ShopAnswers<Shop, Answer> {
  /** In the order of the shops. */
  readonly answered: ReadonlyArray<{ readonly shop: Shop; readonly answer: Answer }>;
  readonly unavailable: ReadonlyArray<{ readonly shop: string; readonly why: string }>;
}

/**
 * Asks all shops at the same time. One that fails or is too slow is left out, and why is said.
 * @throws ToolFailed when every shop fails: retryable when one of them may answer later; anything that is no failure of a shop as it is
 */
export async function askShops<Shop extends { readonly name: string }, Answer>(
  request: AskShops<Shop, Answer>,
): Promise<ShopAnswers<Shop, Answer>> {
  const { shops, signal } = request;
  const settled = await Promise.all(shops.map((shop) => askOne(request, shop)));
  signal.throwIfAborted();
  const answered = settled.flatMap((one) => ('answer' in one ? [one] : []));
  const failed = settled.flatMap((one) => ('failure' in one ? [one] : []));
  if (answered.length === 0 && failed.length > 0) throw failureOfAll(request.tool, failed);
  return { answered, unavailable: failed.map(({ shop, failure }) => ({ shop: shop.name, why: whyOf(failure) })) };
}

/** A call that succeeds without this shop is not repeated for it. */
function whyOf({ message }: ApplicationFailure): string {
  return message.replace(/; it is tried again$/, '; ask again later');
}

type Settled<Shop, Answer> = { readonly shop: Shop } & ({ readonly answer: Answer } | { readonly failure: ApplicationFailure });

async function askOne<Shop extends { readonly name: string }, Answer>(
  { tool, timeoutMs, signal, ask }: AskShops<Shop, Answer>,
  shop: Shop,
): Promise<Settled<Shop, Answer>> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    return { shop, answer: await ask(shop, AbortSignal.any([signal, late])) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ApplicationFailure) return { shop, failure: error };
    if (!late.aborted) throw error;
    const message = `Cannot ask "${shop.name}" for "${tool}": it did not answer within ${timeoutMs} ms; it is tried again`;
    return { shop, failure: toolFailure({ message, retryable: true }) };
  }
}

/** The failure of the only shop as it is; of several what they have in common, after the longest wait that one of them asks for. */
function failureOfAll(tool: string, failed: ReadonlyArray<{ shop: { name: string }; failure: ApplicationFailure }>): ApplicationFailure {
  const [first] = failed;
  if (first !== undefined && failed.length === 1) return first.failure;
  const passing = failed.filter(({ failure }) => failure.nonRetryable !== true);
  const waits = passing.flatMap(({ failure }) => (typeof failure.nextRetryDelay === 'number' ? [failure.nextRetryDelay] : []));
  const reasons = failed.map(({ shop, failure }) => `"${shop.name}": ${reasonOf(failure.message)}`).join(', ');
  return toolFailure({
    message: `Cannot ask any shop for "${tool}": ${reasons}; ${passing.length > 0 ? 'it is tried again' : `check the section of "${tool}" in the tools file`}`,
    retryable: passing.length > 0,
    ...(waits.length > 0 && { retryAfterMs: Math.max(...waits) }),
  });
}

/** The middle of `Cannot <action>: <why>; <what to do>`. */
function reasonOf(message: string): string {
  return /^(?:[^:"]|"[^"]*")*: (.*); /.exec(message)?.[1] ?? message;
}
