import type Anthropic from '@anthropic-ai/sdk';

import type { PicoUsd } from '../common/money';
import type { TokenUsage } from '../common/pricing';
import type { RequestParams } from './request';

/** Written before a request is sent; deleted when it was certainly not charged. */
export interface IntentRecord {
  readonly turn: number;
  readonly model: string;
  readonly requestHash: string;
  /** Most that the request can cost; 0 when the model has no known price. */
  readonly worstPico: PicoUsd;
  readonly worstTokens: number;
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

/** The end of a record's key: `<call>.<turn>.<id>.<kind>.json`. */
export type RecordKind = 'intent' | 'answer' | 'reused' | 'rejected';

export interface RecordName {
  readonly turn: number;
  readonly id: string;
  readonly kind: RecordKind;
}

const RECORD_KEY = /^(.+)\.(\d+)\.([0-9a-f]+)\.(intent|answer|reused|rejected)\.json$/;

/** `call` is the path of the call that the record belongs to. */
export function parseRecordKey(key: string): (RecordName & { readonly call: string }) | undefined {
  const [, call, turn, id, kind] = RECORD_KEY.exec(key) ?? [];
  if (call === undefined || turn === undefined || id === undefined) return undefined;
  return { call, turn: Number(turn), id, kind: kind as RecordKind };
}

export function recordKey(call: string, { turn, id, kind }: RecordName): string {
  return `${call}.${turn}.${id}.${kind}.json`;
}
