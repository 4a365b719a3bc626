import { z } from 'zod';

import { toolFailure } from '../tool-failure';
import { requestJson } from './request-json';
import type { ResoConfig } from './reso-config';

export interface AccessToken {
  readonly value: string;
  /** Whether it was kept from an earlier request: then a refusal may only mean that it has ended early. */
  readonly kept: boolean;
}

interface Token {
  readonly value: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

interface Kept {
  readonly token: Promise<Token>;
  /** As of the token; endless while it is on its way. */
  until: number;
}

/** Per section of the tools file, for as long as the worker runs. */
const tokens = new WeakMap<ResoConfig, Kept>();

/** A token is renewed so long before its end that a request under way is not overtaken; a short-lived one at half of its life. */
const MARGIN_MS = 60_000;
/** RFC 6749 lets a server leave the time out. */
const DEFAULT_SECONDS = 300;

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().nullish() });

export interface TokenQuestion {
  readonly tool: string;
  readonly config: ResoConfig;
  readonly now: () => number;
}

/**
 * The token to send: the one of the file, or one from the token endpoint, fetched once for all calls that wait for it.
 * @throws ToolFailed as `requestJson` does; final when the endpoint answers without a token
 */
export async function accessToken(question: TokenQuestion): Promise<AccessToken> {
  const { config, now } = question;
  if (config.token !== undefined) return { value: config.token, kept: false };
  const known = tokens.get(config);
  if (known !== undefined && known.until > now()) return { value: (await known.token).value, kept: true };
  // No promise derived from this one: a rejection that nobody waits for ends the worker.
  const fresh: Kept = { token: fetchToken(question), until: Number.POSITIVE_INFINITY };
  tokens.set(config, fresh);
  try {
    const { value, until } = await fresh.token;
    fresh.until = until;
    return { value, kept: false };
  } catch (error) {
    forget(config, fresh);
    throw error;
  }
}

/** After a refusal of this token: the next call gets a new one, unless another call has it already. */
export async function forgetToken(config: ResoConfig, value: string): Promise<void> {
  const known = tokens.get(config);
  if (known !== undefined && known.until !== Number.POSITIVE_INFINITY && (await known.token).value === value) forget(config, known);
}

function forget(config: ResoConfig, kept: Kept): void {
  if (tokens.get(config) === kept) tokens.delete(config);
}

async function fetchToken({ tool, config: { client, timeoutMs }, now }: TokenQuestion): Promise<Token> {
  if (client === undefined) throw toolFailure({ message: `Cannot get a token for "${tool}": the tools file names no client; add one` });
  const { tokenUrl, clientId, clientSecret, scope, sendAs } = client;
  const basic = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`;
  const answer = await requestJson({
    tool,
    url: tokenUrl,
    headers: sendAs === 'basic' ? { authorization: basic } : {},
    form: {
      grant_type: 'client_credentials',
      ...(scope !== undefined && { scope }),
      ...(sendAs === 'form' && { client_id: clientId, client_secret: clientSecret }),
    },
    // Of no single call: others wait for the same token.
    signal: new AbortController().signal,
    timeoutMs,
  });
  const parsed = tokenAnswer.safeParse(answer.found ? answer.value : undefined);
  if (!parsed.success) {
    const { host } = new URL(tokenUrl);
    throw toolFailure({
      message: `Cannot get a token for "${tool}": "${host}" answers with none; check "tokenUrl" of "${tool}" in the tools file`,
    });
  }
  const { access_token: value, expires_in: seconds } = parsed.data;
  const life = (seconds ?? DEFAULT_SECONDS) * 1_000;
  return { value, until: now() + life - Math.min(MARGIN_MS, life / 2) };
}
