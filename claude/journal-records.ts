import type Anthropic from '@anthropic-ai/sdk';

import type { PicoUsd } from '../common/money';
import type { TokenUsage } from '../common/pricing';
import type { RequestParams } from './request';

/** The most that a request can be charged for. */
export interface WorstCase {
  /** 0 when the model has no known price. */
  readonly worstPico: PicoUsd;
  readonly worstTokens: number;
}

/** Written before a request is sent; deleted when it was certainly not charged. */
export interface IntentRecord extends WorstCase {
  readonly turn: number;
  readonly model: string;
  readonly requestHash: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}

/** One model turn as Claude answered it, together with what was asked. */
export interface AnswerRecord {
  readonly turn: number;
  readonly model: string;
  readonly requestHash: string;
  readonly requestId: string | null;
  readonly usage: TokenUsage;
  /** List price on the day; null when the model has no known price. */
  readonly costPico: PicoUsd | null;
  /** Epoch milliseconds. */
  readonly answeredAt: number;
  /** In a conversation with tools without its messages: `transcript` is the store key of those. */
  readonly request: RequestParams & { readonly transcript?: string };
  readonly message: Anthropic.Message;
}

/** Stands for an answer that an earlier run had paid for. */
export interface ReusedRecord {
  readonly turn: number;
  /** Store key of the answer. */
  readonly answer: string;
}

/** Why an answer was not accepted. */
export interface RejectionRecord {
  readonly turn: number;
  readonly stopReason: string | null;
  readonly reasons: readonly string[];
}

/**
 * The end of a record's key: `<call>.<turn>.<id>.<kind>.json`. An intent's has its worst case before the kind, in pico-dollars
 * and tokens, because it must count even when its content is lost: names survive more than bytes do.
 */
export type RecordName = { readonly turn: number; readonly id: string } & (
  | { readonly kind: 'answer' | 'reused' | 'rejected' }
  | ({ readonly kind: 'intent' } & WorstCase)
);

const RECORD_KEY = /^(.+)\.(\d+)\.([0-9a-f]+)(?:\.(\d+)-(\d+)\.(intent)|\.(answer|reused|rejected))\.json$/;

/** `call` is the path of the call that the record belongs to. */
export function parseRecordKey(key: string): (RecordName & { readonly call: string }) | undefined {
  const [, call, turn, id, pico, tokens, intent, kind] = RECORD_KEY.exec(key) ?? [];
  if (call === undefined || turn === undefined || id === undefined) return undefined;
  const place = { call, turn: Number(turn), id };
  if (intent !== undefined) return { ...place, kind: 'intent', worstPico: Number(pico), worstTokens: Number(tokens) };
  return { ...place, kind: kind as 'answer' | 'reused' | 'rejected' }; // what the expression lets through
}

export function recordKey(call: string, name: RecordName): string {
  const worst = name.kind === 'intent' ? `.${name.worstPico}-${name.worstTokens}` : '';
  return `${call}.${name.turn}.${name.id}${worst}.${name.kind}.json`;
}
