import type { Connection, WorkflowClientInterceptor } from '@temporalio/client';

import { ASK_AGAIN } from './messages';

const ATTEMPTS = 10;
const PAUSE_MS = 100;
/** Without an answer for so long, a query is asked once more, beside those before it. A worker answers in milliseconds. */
const SILENCES_MS = [1_000, 5_000];

/** What is needed of a connection: to cancel queries that nobody waits for any more. */
type Cancelling = Pick<Connection, 'withAbortSignal'>;

/**
 * Asks again when a query came at an unlucky moment (see `workflows/run/refuse-ahead.ts`), and when no answer comes: a query can get
 * lost on its way to a worker that is just done with its run. The server would notice after 30 s; the next query arrives.
 */
export function repeatQueries(connection: Cancelling): WorkflowClientInterceptor {
  return {
    async query(input, next) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await firstAnswer(connection, () => next(input));
        } catch (error) {
          if (!isUnlucky(error) || attempt === ATTEMPTS) throw error;
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      }
    },
  };
}

const SILENCE: unique symbol = Symbol('no answer so far');

async function firstAnswer<Answer>(connection: Cancelling, ask: () => Promise<Answer>): Promise<Answer> {
  const over = new AbortController();
  const askOnce = (): Promise<Answer> => connection.withAbortSignal(over.signal, ask);
  const first = askOnce();
  // Whether it fails is up to the first one: the server may refuse another beside it.
  const askAgain = (): Promise<Answer> => askOnce().catch(() => first);
  const asked = [first];
  let timer: NodeJS.Timeout | undefined;
  try {
    for (const silenceMs of SILENCES_MS) {
      const silence = new Promise<typeof SILENCE>((resolve) => {
        timer = setTimeout(resolve, silenceMs, SILENCE);
      });
      const answer = await Promise.race([...asked, silence]);
      if (answer !== SILENCE) return answer;
      asked.push(askAgain());
    }
    return await Promise.race(asked);
  } finally {
    clearTimeout(timer);
    // One that is open when its connection closes would be tried again on the closed one, which nobody can catch.
    over.abort();
  }
}

/** Whatever a query fails with comes as this type, which is known here by its name: common/ takes no values of the client. */
const isUnlucky = (error: unknown): boolean =>
  error instanceof Error && error.name === 'QueryNotRegisteredError' && error.message.includes(ASK_AGAIN);
