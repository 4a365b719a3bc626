import { createHash } from 'node:crypto';

import type { FailureType } from '../common/failures';
import { getWholeJson } from '../storage/json';
import type { Store } from '../storage/store';
import { pathOf, type CallKey } from './journal';
import type { OpenIntent } from './journal-state';

/** A model turn that waits for a Message Batch: all that sends it and puts its answer into the journal. */
export interface TicketRecord {
  /** Also the `custom_id` of its request. */
  readonly ticket: string;
  /** Where the records of its call begin. */
  readonly path: string;
  readonly intent: OpenIntent;
  readonly model: string;
  readonly requestHash: string;
  /** Which of the answers to the same request is meant; absent in tickets of workers from before. */
  readonly sample?: number;
  /** The request as JSON, and what the journal keeps of it. */
  readonly canonical: string;
  readonly kept?: string;
  /** Who waits for it. */
  readonly workflowId: string;
  readonly step: string;
  readonly agent: string;
  readonly pipeline: string;
  readonly traceId: string;
  /** Whether the simulator is to answer it. Absent in older records. */
  readonly simulated?: boolean;
}

/** Why a ticket will never be answered. */
export interface TicketFailure {
  readonly type: FailureType;
  /** What the call fails with. */
  readonly message: string;
}

/** The same for the same turn of the same call asking the same: 24 hexadecimal digits, which the API takes as `custom_id`. */
export function ticketOf(call: CallKey, turn: number, requestHash: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([pathOf(call), turn, requestHash]))
    .digest('hex');
  return hash.slice(0, 24);
}

export async function putTicket(store: Store, record: TicketRecord): Promise<void> {
  await store.put(keyOf('tickets', record.ticket), Buffer.from(JSON.stringify(record)), { durable: false });
}

/** Undefined also for what a power cut left of it: who waits asks again. */
export async function readTicket(store: Store, ticket: string): Promise<TicketRecord | undefined> {
  return (await getWholeJson(store, keyOf('tickets', ticket))) as TicketRecord | undefined; // written by `putTicket`
}

/** Forgets that it waits. */
export async function dropTicket(store: Store, { ticket }: Pick<TicketRecord, 'ticket'>): Promise<void> {
  await store.delete(keyOf('tickets', ticket));
}

/** Its request was certainly not charged, and nobody is to send it for this record. */
export async function voidTicket(store: Store, record: Pick<TicketRecord, 'ticket' | 'intent'>): Promise<void> {
  await store.delete(record.intent.key);
  await dropTicket(store, record);
}

/** The call finds the reason when it looks. */
export async function failTicket(store: Store, { ticket }: TicketRecord, failure: TicketFailure): Promise<void> {
  await store.put(keyOf('failed', ticket), Buffer.from(JSON.stringify(failure)));
}

/** Why a ticket will not be answered, told once: who asks again after it wants another try. */
export async function takeFailure(store: Store, ticket: string): Promise<TicketFailure | undefined> {
  const key = keyOf('failed', ticket);
  const failure = (await getWholeJson(store, key)) as TicketFailure | undefined; // written by `failTicket`
  if (failure !== undefined) await store.delete(key);
  return failure;
}

const keyOf = (kind: 'tickets' | 'failed', ticket: string): string => `batch/${kind}/${ticket.slice(0, 2)}/${ticket}.json`;
