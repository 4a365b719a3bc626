import Anthropic from '@anthropic-ai/sdk';

import { FailureType } from '../common/failures';

/** What a failed request means, decided once and here. */
export interface Classified {
  /** `cancelled` when our own signal ended the request. */
  readonly type: FailureType | 'cancelled';
  /** Why and what to do, without the leading `Cannot …`. */
  readonly reason: string;
  readonly retryable: boolean;
  /** Milliseconds that Claude asked us to stay away, at most `MAX_RETRY_AFTER_MS`. */
  readonly retryAfterMs?: number;
  readonly benign: boolean;
  /** Whether the request may appear on the bill all the same. */
  readonly paid: 'no' | 'maybe';
  readonly status?: number;
  readonly requestId?: string;
}

/** Longer waits are cut: a limit may be raised, and then nobody wants to find a run asleep for ten hours. */
export const MAX_RETRY_AFTER_MS = 15 * 60_000;

const SPEND_LIMIT_CODES = new Set(['enforced_spend_limit_reached', 'contract_spend_limit_reached']);
const SPEND_LIMIT_WORDS = /^You have reached your specified (workspace )?API usage limits/;
/** Failures to reach anybody: no byte of the request was read. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
/** The worker's own machine has run out of something. */
const OWN_MACHINE = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);
/** These decide whatever a header says. */
const FINAL = new Set<string>([FailureType.Authentication, FailureType.SpendLimit, FailureType.InvalidRequest]);

/** @param now Epoch milliseconds, for a `retry-after` that is a date. */
export function classify(error: unknown, now: number): Classified {
  if (error instanceof Anthropic.APIUserAbortError || (error instanceof Error && error.name === 'AbortError')) {
    return { type: 'cancelled', reason: 'the call was cancelled', retryable: false, benign: true, paid: 'maybe' };
  }
  if (isHeaderError(error)) return KEY_NOT_SENDABLE;
  if (error instanceof Anthropic.APIConnectionError) return ofConnection(error);
  if (error instanceof Anthropic.APIError) return ofApiError(error, now);
  if (isLost(error)) return lost(`${detailOf(error)}; ${CUT_ADVICE}`);
  const reason = `${detailOf(error)}; report this as a bug`;
  return { type: FailureType.Internal, reason, retryable: false, benign: false, paid: 'maybe' };
}

/** The text of such an error quotes the header, which is the key: it is not repeated. */
const KEY_NOT_SENDABLE: Classified = {
  type: FailureType.Authentication,
  reason: 'the key cannot be sent, for it has characters that no key has; set ANTHROPIC_API_KEY to a valid key',
  retryable: false,
  benign: false,
  paid: 'no',
};

const HEADER_WORDS = /invalid header value|ByteString|invalid (character in header|(authorization|x-api-key) header)/i;

/** Whether the request could not even be put together. The other headers are ours and plain ASCII. */
function isHeaderError(error: unknown): boolean {
  if (!(error instanceof Error) || (error instanceof Anthropic.APIError && error.status !== undefined)) return false;
  return [error.message, rootOf(error).message].some((text) => HEADER_WORDS.test(String(text)));
}

function ofConnection(error: InstanceType<typeof Anthropic.APIConnectionError>): Classified {
  const code = codeOf(error);
  if (code !== undefined && OWN_MACHINE.has(code)) {
    const reason = `no connection could be opened (${code}); raise the limits of the worker's machine or lower TROUPE_MAX_CALLS`;
    return { type: FailureType.WorkerFault, reason, retryable: true, benign: false, paid: 'no' };
  }
  const timedOut = error instanceof Anthropic.APIConnectionTimeoutError;
  const why = timedOut ? 'no answer began in time' : `the connection failed (${code ?? String(rootOf(error).message)})`;
  return {
    type: FailureType.Unavailable,
    reason: `${why}; check the network and ANTHROPIC_BASE_URL`,
    retryable: true,
    benign: false,
    paid: code !== undefined && NEVER_SENT.has(code) ? 'no' : 'maybe',
  };
}

/** Statuses in the middle of a stream come without a number: the type stands in. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  rate_limit_error: 429,
  overloaded_error: 529,
};

function ofApiError(error: InstanceType<typeof Anthropic.APIError>, now: number): Classified {
  const { status, headers } = error;
  const said = error.apiMessage ?? (status === undefined ? detailOf(error) : `HTTP ${status}`);
  const code = status ?? STATUS_OF_TYPE[error.type ?? ''];
  if (code === undefined) return { ...lost(`${said}; ${CUT_ADVICE}`), ...idOf(error) };
  const decided = SPEND_LIMIT_CODES.has(error.errorCode ?? '') || SPEND_LIMIT_WORDS.test(said) ? SPEND_LIMIT : byStatus(code);
  const retryAfterMs = retryAfter(headers, now);
  return {
    type: decided.type,
    reason: `${said.slice(0, 500)}; ${decided.advice}`,
    retryable: FINAL.has(decided.type) ? false : (shouldRetry(headers) ?? decided.retryable),
    benign: decided.type === FailureType.RateLimited || decided.type === FailureType.Overloaded,
    // After the first byte of a stream, Claude had begun to work.
    paid: status === undefined ? 'maybe' : decided.paid,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === undefined ? {} : { status }),
    ...idOf(error),
  };
}

interface Decision {
  readonly type: FailureType;
  readonly retryable: boolean;
  readonly paid: 'no' | 'maybe';
  readonly advice: string;
}

const SPEND_LIMIT: Decision = {
  type: FailureType.SpendLimit,
  retryable: false,
  paid: 'no',
  advice: 'raise the spend limit in the Claude console',
};

// True of an attempt that is followed by another one and of the last one alike.
const CUT_ADVICE = 'check the network if it happens often';
const LATER = 'if it lasts, see the status page of the Claude API';
const LIMIT = 'if it lasts, lower TROUPE_MAX_CALLS or ask for a higher limit';

function byStatus(status: number): Decision {
  switch (status) {
    case 401:
      return final(FailureType.Authentication, 'set ANTHROPIC_API_KEY to a valid key');
    case 403:
      return final(FailureType.Authentication, 'use a key that may do this');
    case 402:
      return SPEND_LIMIT;
    case 404:
      return final(FailureType.InvalidRequest, 'check the model id and ANTHROPIC_BASE_URL');
    case 413:
      return final(FailureType.InvalidRequest, 'give the agent a shorter input');
    case 429:
      return passing(FailureType.RateLimited, 'no', LIMIT);
    case 503:
    case 529:
      return passing(FailureType.Overloaded, 'no');
    case 408:
    case 502:
    case 504:
      return passing(FailureType.Unavailable, 'maybe');
    case 409:
      return passing(FailureType.Unavailable, 'no');
    default:
      if (status >= 500 && status !== 501) return passing(FailureType.Unavailable, 'no');
      return final(FailureType.InvalidRequest, 'correct the agent or its input');
  }
}

const final = (type: FailureType, advice: string): Decision => ({ type, advice, retryable: false, paid: 'no' });
const passing = (type: FailureType, paid: 'no' | 'maybe', advice = LATER): Decision => ({ type, advice, retryable: true, paid });
const lost = (reason: string): Classified => ({ type: FailureType.AnswerLost, reason, retryable: true, benign: false, paid: 'maybe' });
const idOf = (error: { readonly requestID?: string | null | undefined }) => (error.requestID ? { requestId: error.requestID } : {});

const LOST_CODES = /^(UND_ERR_|ECONN|EPIPE|ETIMEDOUT)/;
const LOST_WORDS = /terminated|without producing a Message|without sending any chunks|Unexpected event order/;

/** Whether a request got a 200 and then broke off, fell silent or could not be read. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'NotAnAnswerError' || rootOf(error).name === 'SyntaxError' || LOST_CODES.test(codeOf(error) ?? '')) return true;
  // The SDK wraps whatever it meets while it reads a stream: an AnthropicError with a cause is a stream it could not read.
  if (error instanceof Anthropic.AnthropicError && error.cause !== undefined) return true;
  return LOST_WORDS.test(error.message);
}

function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  if (code === 'UND_ERR_BODY_TIMEOUT') return 'the stream fell silent';
  const text = error.message.replaceAll(/\s+/g, ' ').slice(0, 300);
  return code === undefined ? text : `${text} (${code})`;
}

interface Cause {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** By shape, not by class: errors of the network come from other realms of the runtime, too. */
function rootOf(error: Error): Cause {
  let root: Cause = error;
  for (let depth = 0; depth < 10 && typeof root.cause === 'object' && root.cause !== null; depth += 1) root = root.cause;
  return root;
}

function codeOf(error: Error): string | undefined {
  const { code } = rootOf(error);
  return typeof code === 'string' ? code : undefined;
}

function shouldRetry(headers: Headers | undefined): boolean | undefined {
  const said = headers?.get('x-should-retry');
  if (said === 'true') return true;
  return said === 'false' ? false : undefined;
}

/** `retry-after-ms`, else `retry-after` in seconds or as a date; undefined when absent, past or unreadable. */
export function retryAfter(headers: Headers | undefined, now: number): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const said = headers?.get('retry-after') ?? '';
  const seconds = said.trim() === '' ? Number.NaN : Number(said) * 1_000;
  const date = Date.parse(said) - now;
  const wait = [exact, seconds, date].find((candidate) => Number.isFinite(candidate));
  return wait === undefined || wait <= 0 ? undefined : Math.min(Math.ceil(wait), MAX_RETRY_AFTER_MS);
}
