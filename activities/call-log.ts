import { ApplicationFailure, CancelledFailure } from '@temporalio/common';

import type { Redact } from '../claude/redact';
import { textOf } from '../claude/structured-output';
import type { CallContext, CallOutcome } from '../common/call';
import { toUsd } from '../common/money';
import { addUsage, NO_USAGE } from '../common/pricing';
import type { CallSite } from './call-site';
import type { OpenCall } from './open-call';

/** One line per attempt of a call. Tokens and cost are what this attempt paid, so lines may be summed. */
export interface CallLogLine {
  readonly event: 'call';
  /** ISO 8601. */
  readonly time: string;
  readonly traceId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly pipeline: string;
  readonly agent: string;
  readonly step: string;
  readonly model: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** Searches of the web that were charged; absent when there were none. */
  readonly webSearches?: number;
  readonly latencyMs: number;
  /** List price; null when a model that answered has no known price. */
  readonly costUsd: number | null;
  readonly attempt: number;
  readonly turns: number;
  readonly reused: boolean;
  /** `answered`, `needs`, `cancelled` or the type of the failure. */
  readonly outcome: string;
  readonly requestId: string | null;
  /** The prompt's beginning. */
  readonly prompt: string;
  /** The answer's beginning. */
  readonly answer: string;
  readonly reason?: string;
}

export interface FinishedCall {
  readonly agent: string;
  readonly site: CallSite;
  readonly context: CallContext;
  readonly call: OpenCall | undefined;
  readonly result: CallOutcome | { readonly error: Error };
  readonly startedAt: number;
  readonly endedAt: number;
}

const PREVIEW_LENGTH = 200;

export function logLineOf({ agent, site, context, call, result, startedAt, endedAt }: FinishedCall, redact: Redact): CallLogLine {
  const preview = (text: string): string => previewOf(text, redact);
  const paid = call?.paid ?? [];
  const usage = paid.reduce((sum, answer) => addUsage(sum, answer.usage), NO_USAGE);
  const last = call?.journal.answerTo(call.turn);
  const priced = paid.every((answer) => answer.costPico !== null);
  const error = 'error' in result ? result.error : undefined;
  return {
    event: 'call',
    time: new Date(endedAt).toISOString(),
    traceId: context.traceId,
    workflowId: site.workflowId,
    runId: site.runId,
    pipeline: context.pipeline,
    agent: call?.rendered.agent ?? agent,
    step: context.step,
    model: last?.message.model ?? call?.rendered.request.params.model ?? null,
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens,
    cacheWriteTokens: usage.cache_creation_input_tokens,
    ...(usage.web_search_requests === undefined ? {} : { webSearches: usage.web_search_requests }),
    latencyMs: endedAt - startedAt,
    costUsd: priced ? toUsd(paid.reduce((sum, answer) => sum + (answer.costPico ?? 0), 0)) : null,
    attempt: site.attempt,
    turns: call === undefined ? 0 : call.turn + (last === undefined ? 0 : 1),
    reused: 'reused' in result && result.reused,
    outcome: outcomeOf(result),
    requestId: last?.requestId ?? null,
    prompt: preview(promptOf(call)),
    answer: preview(last === undefined ? '' : textOf(last.message)),
    ...(error === undefined ? {} : { reason: preview(error.message) }),
  };
}

function outcomeOf(result: FinishedCall['result']): string {
  return 'error' in result ? outcomeOfError(result.error) : result.kind;
}

/** `cancelled`, or the type of the failure. */
export function outcomeOfError(error: unknown): string {
  if (error instanceof CancelledFailure) return 'cancelled';
  return error instanceof ApplicationFailure ? (error.type ?? 'Internal') : 'Internal';
}

function promptOf(call: OpenCall | undefined): string {
  const content = call?.rendered.request.params.messages[0]?.content;
  return typeof content === 'string' ? content : '';
}

/** At most 200 characters, with anything that looks like a key blotted out before the cut. */
export function previewOf(text: string, redact: Redact): string {
  const head = redact(text.slice(0, PREVIEW_LENGTH * 2));
  return head.length > PREVIEW_LENGTH ? `${head.slice(0, PREVIEW_LENGTH - 1)}…` : head;
}
