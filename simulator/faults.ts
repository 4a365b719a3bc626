import { apiError, ERROR_BODY_FORMS, invalidRequest, type ApiError, type ErrorBodyForm } from './api-error';
import { randomFrom, type Random } from './random';

/** Everything the simulator can do wrong on purpose. */
export const FAULT_KINDS = [
  'status',
  'slow',
  'hold',
  'hang_headers',
  'hang_body',
  'reset_before_headers',
  'reset_mid_stream',
  'eof_no_stop',
  'sse_error',
  'malformed_json',
  'truncated_json',
  'invalid_tool_json',
  'wrong_content_type',
  'empty_body',
  'bad_schema_output',
  'refusal',
  'max_tokens',
  'empty_content',
  'pause_turn',
  'search_error',
  'context_exceeded',
  'duplicate_message_start',
  'unknown_event',
  'charge_then_drop',
  'create_then_fail',
  'batch_slow',
  'item_expired',
  'mix',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** What a fault can strike: requests of their own, items of a batch when their turn comes, and requests to the endpoints of batches. */
export const FAULT_TARGETS = [
  'messages',
  'batch_item',
  'batch_create',
  'batch_retrieve',
  'batch_list',
  'batch_results',
  'batch_cancel',
  'batch_delete',
] as const;

export type FaultTarget = (typeof FAULT_TARGETS)[number];

/** Where a rule strikes that does not say: what asks a model for an answer, in either lane, or the one place where its kind makes sense. */
const TARGETS_BY_KIND: Partial<Record<FaultKind, readonly FaultTarget[]>> = {
  create_then_fail: ['batch_create'],
  batch_slow: ['batch_create'],
  item_expired: ['batch_item'],
};
const ANSWERED: readonly FaultTarget[] = ['messages', 'batch_item'];

/** One fault with its details. Which details a kind reads is said at each. */
export interface Fault {
  readonly kind: FaultKind;
  /** `status`, `create_then_fail`: HTTP status. @default 500 for `create_then_fail` */
  readonly status?: number;
  /** `status`, `sse_error`: Claude's `error.type`. @default the usual one of the status; for `sse_error` overloaded_error */
  readonly type?: string;
  /** `status`: `error.details.error_code`. `search_error`: code of the error in place of results. @default unavailable */
  readonly errorCode?: string;
  readonly message?: string;
  /** `status`: `retry-after` header, seconds or an HTTP date. */
  readonly retryAfter?: number | string;
  /** `status`: `retry-after-ms` header. */
  readonly retryAfterMs?: number;
  /** `status`: `x-should-retry` header. */
  readonly shouldRetry?: boolean;
  /** `status`: a page of HTML, nothing or half of the JSON. @default Claude's JSON */
  readonly body?: ErrorBodyForm;
  /** `slow`: extra milliseconds before the first byte. `hang_*`: milliseconds until the connection is dropped. @default until the client leaves. `batch_slow`: milliseconds until the batch is done. @default a day and an hour */
  readonly ms?: number;
  /** Mid-stream kinds: events sent before it happens. @default half of them */
  readonly afterEvents?: number;
  /** `refusal`: category. @default general_harms */
  readonly category?: string | null;
  /** `mix`: one of these is drawn, each as likely as the others. */
  readonly of?: readonly FaultInput[];
}

/** When a fault strikes. Conditions add up; without any it always does. */
export interface FaultSelector {
  /** @default requests and items of batches; for a kind that is about batches only, its place */
  readonly on?: FaultTarget;
  /** Chance for each arrival of each request, drawn from seed, request hash and number of arrival. */
  readonly probability?: number;
  /** Only the nth request that the other conditions match, from 1. */
  readonly nth?: number;
  /** Only the first n arrivals of the same request. */
  readonly firstAttempts?: number;
  readonly model?: string;
  /** Value of `x-troupe-agent`. */
  readonly agent?: string;
}

/** A fault given in short: a status, a name of `NAMED_FAULTS`, a kind, or in full. */
export type FaultInput = number | string | (Omit<Fault, 'kind'> & { readonly kind: string });
export type FaultRule = (Omit<Fault, 'kind'> & { readonly kind: string }) & FaultSelector;

const SPEND_LIMIT = 'You have reached your specified API usage limits. You will regain access on the first day of next month.';

/** Short names of common faults. */
export const NAMED_FAULTS: Readonly<Record<string, Fault>> = {
  overloaded: { kind: 'status', status: 529 },
  rate_limited: { kind: 'status', status: 429, retryAfter: 1 },
  server_error: { kind: 'status', status: 500 },
  unavailable: { kind: 'status', status: 503 },
  gateway_timeout: { kind: 'status', status: 504 },
  bad_gateway: { kind: 'status', status: 502, body: 'html' },
  too_large: { kind: 'status', status: 413, body: 'html' },
  unauthorized: { kind: 'status', status: 401 },
  ramp_limit: { kind: 'status', status: 429, errorCode: 'ramp_limit_exceeded', retryAfter: 1 },
  spend_limit: { kind: 'status', status: 429, errorCode: 'enforced_spend_limit_reached' },
  workspace_limit: { kind: 'status', status: 400, message: SPEND_LIMIT },
  malformed_sse: { kind: 'malformed_json' },
};

/**
 * Expands a short form.
 * @throws RangeError when the name is unknown; the message lists what is known.
 */
export function parseFault(input: FaultInput): Fault {
  if (typeof input === 'number') return { kind: 'status', status: input };
  if (typeof input === 'string') return parseFault({ kind: input });
  const { kind, ...details } = input;
  if (details.body !== undefined && !ERROR_BODY_FORMS.includes(details.body))
    throw new RangeError(
      `Cannot use fault "${kind}": body "${String(details.body)}" is unknown; use one of ${ERROR_BODY_FORMS.join(', ')}`,
    );
  if (/^[45]\d\d$/.test(kind)) return { status: Number(kind), ...details, kind: 'status' };
  const named = NAMED_FAULTS[kind];
  if (named !== undefined) return { ...named, ...details, kind: named.kind };
  if (!FAULT_KINDS.includes(kind as FaultKind)) {
    const known = [...FAULT_KINDS, ...Object.keys(NAMED_FAULTS)].join(', ');
    throw new RangeError(`Cannot use fault "${kind}": no such kind; use a status or one of ${known}`);
  }
  if (kind === 'status' && !(Number(details.status) >= 400))
    throw new RangeError('Cannot use fault "status": its status is missing; give one of 400 to 599');
  if (kind === 'mix') {
    if (!details.of?.length) throw new RangeError('Cannot use fault "mix": "of" is empty; list the faults to draw from');
    details.of.forEach(parseFault);
  }
  return { ...details, kind: kind as FaultKind };
}

/** Reads the header `x-sim-fault`: a status, a name, JSON, or `name;field=value;field=value`. */
export function parseFaultHeader(header: string): Fault {
  const text = header.trim();
  if (text.startsWith('{')) return parseFault(JSON.parse(text) as FaultRule);
  const [kind = '', ...fields] = text.split(';').map((part) => part.trim());
  const details = fields.map((field) => {
    const [name = '', value = ''] = field.split('=');
    const parsed = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value === 'true' ? true : value === 'false' ? false : value;
    return [name, parsed];
  });
  return parseFault({ kind, ...Object.fromEntries(details) } as FaultRule);
}

/** One arrival of a request, as faults see it. */
export interface Arrival {
  /** @default messages */
  readonly on?: FaultTarget;
  readonly hash: string;
  /** 0 for the first time this request arrives. */
  readonly nth: number;
  /** Null where no single model is asked. */
  readonly model: string | null;
  readonly agent: string | null;
}

export interface FaultPlan {
  /** Replaces the rules, and lets go whatever is held. */
  set(rules: readonly FaultRule[]): void;
  rules(): readonly FaultRule[];
  choose(arrival: Arrival): Fault | undefined;
  /** `hold`: waits until the rules are replaced; resolves to false at once when the client leaves. */
  letGo(gone: AbortSignal): Promise<boolean>;
}

/** Rules in order; the first that strikes is taken. */
export function createFaultPlan(seed: number, initial: readonly FaultRule[]): FaultPlan {
  let rules: ReadonlyArray<{ rule: FaultRule; fault: Fault; targets: readonly FaultTarget[]; seen: number }> = [];
  const held = new Set<() => void>();
  const set = (next: readonly FaultRule[]): void => {
    rules = next.map((rule) => ({ rule: { ...rule }, fault: parseFault(rule), targets: targetsOf(rule), seen: 0 }));
    for (const letGo of held) letGo();
  };
  set(initial);
  return {
    set,
    rules: () => rules.map(({ rule }) => rule),
    choose: (arrival) => {
      for (const [at, entry] of rules.entries()) {
        const { rule, fault, targets } = entry;
        if (!targets.includes(arrival.on ?? 'messages')) continue;
        if (rule.model !== undefined && rule.model !== arrival.model) continue;
        if (rule.agent !== undefined && rule.agent !== arrival.agent) continue;
        if (rule.firstAttempts !== undefined && arrival.nth >= rule.firstAttempts) continue;
        const random = randomFrom(`${seed}\n${arrival.hash}\n${arrival.nth}\nfault ${at}`);
        if (rule.probability !== undefined && !random.chance(rule.probability)) continue;
        entry.seen += 1;
        if (rule.nth !== undefined && rule.nth !== entry.seen) continue;
        return drawn(fault, random);
      }
      return undefined;
    },
    letGo: (gone) =>
      new Promise((resolve) => {
        const end = (): void => {
          held.delete(end);
          gone.removeEventListener('abort', end);
          resolve(!gone.aborted);
        };
        if (gone.aborted) return end();
        held.add(end);
        gone.addEventListener('abort', end);
      }),
  };
}

function targetsOf({ on, kind }: FaultRule): readonly FaultTarget[] {
  if (on === undefined) return TARGETS_BY_KIND[kind as FaultKind] ?? ANSWERED;
  if (!FAULT_TARGETS.includes(on))
    throw new RangeError(`Cannot use fault "${kind}": target "${String(on)}" is unknown; use one of ${FAULT_TARGETS.join(', ')}`);
  return [on];
}

function drawn(fault: Fault, random: Random): Fault {
  return fault.kind === 'mix' ? drawn(parseFault(random.pick(fault.of ?? [])), random) : fault;
}

/** The error answer of a `status` fault. */
export function faultError(fault: Fault): ApiError {
  const headers: Record<string, string> = {};
  if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
  if (fault.retryAfterMs !== undefined) headers['retry-after-ms'] = String(fault.retryAfterMs);
  if (fault.shouldRetry !== undefined) headers['x-should-retry'] = String(fault.shouldRetry);
  const { type, message, errorCode, body } = fault;
  return apiError(fault.status ?? 500, { type, message, errorCode, body, headers });
}

export const badFaultHeader = (error: unknown): ApiError =>
  invalidRequest(`x-sim-fault: ${error instanceof Error ? error.message : String(error)}`);
