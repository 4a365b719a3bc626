import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';

import type { BatchActivities } from '../../activities/index';
import { MAX_BATCH_BYTES, type AnnouncedTicket, type Pace } from '../../common/batch';
import { FailureType } from '../../common/failures';
import { announceSignal, withdrawSignal } from '../../common/messages';
import { fill, MOST_RESENDS, type CollectorState, type OpenBatch } from './collector-state';

const quick = { startToCloseTimeout: '1m', retry: { initialInterval: '1s', maximumInterval: '1m' } } as const;
const long = { startToCloseTimeout: '1h', heartbeatTimeout: '2m', retry: { initialInterval: '1s', maximumInterval: '1m' } } as const;

const { lookAtBatch, failTickets, withdrawTickets } = proxyActivities<BatchActivities>(quick);
const { submitBatch, collectBatch } = proxyActivities<BatchActivities>(long);

/** Nobody has announced anything for so long: it ends, and the next announcement starts it. */
const IDLE_MS = 60_000;
const NO_PACE: Pace = { lingerMs: 60_000, maxRequests: 10_000, firstLookMs: 30_000, longestLookMs: 300_000 };

/**
 * The collector: pools model turns of many runs into Message Batches and sees each of them to its end.
 *
 *   announced → pending → (full, or the oldest has waited) → sent → asleep between looks → answers into journals → runs told
 *                  ↑                                                                            │ expired, overloaded
 *                  └────────────────────────────────────────────────────────────────────────────┘
 *
 * Only tickets pass through its history; requests and answers are in the store.
 */
export async function batchCollector(state?: CollectorState): Promise<void> {
  const collector = new Collector(state);
  setHandler(announceSignal, ({ tickets, pace }) => collector.take(tickets, pace), { description: 'Turns that wait for a batch' });
  setHandler(withdrawSignal, (tickets) => collector.withdraw(tickets), { description: 'Turns that nobody waits for any more' });
  await collector.work();
  if (!collector.isIdle()) await continueAsNew<typeof batchCollector>(collector.state());
}

/** The state of one collector, and what it does about it. */
class Collector {
  readonly #pending: Map<string, AnnouncedTicket>;
  #since: number;
  readonly #open: Map<string, OpenBatch>;
  /** Tickets of the open batches. */
  readonly #sent: Set<string>;
  readonly #lost: Map<string, number>;
  #pace: Pace;
  /** Activities that must end before it can continue as new. */
  #busy = 0;

  constructor(state?: CollectorState) {
    this.#pending = new Map(state?.pending.map((ticket) => [ticket.ticket, ticket]));
    this.#since = state?.since ?? 0;
    this.#open = new Map(state?.open.map((batch) => [batch.key, batch]));
    this.#sent = new Set(state?.open.flatMap(({ tickets }) => tickets.map(({ ticket }) => ticket)));
    this.#lost = new Map(state?.lost);
    this.#pace = state?.pace ?? NO_PACE;
  }

  take(tickets: readonly AnnouncedTicket[], pace: Pace): void {
    this.#pace = pace;
    if (this.#pending.size === 0) this.#since = Date.now();
    for (const ticket of tickets) if (!this.#sent.has(ticket.ticket)) this.#pending.set(ticket.ticket, ticket);
    this.#describe();
  }

  withdraw(tickets: readonly string[]): void {
    const waiting = tickets.filter((ticket) => this.#pending.delete(ticket));
    if (waiting.length > 0) void this.#busily(() => withdrawTickets(waiting));
    this.#describe();
  }

  isIdle(): boolean {
    return this.#pending.size === 0 && this.#open.size === 0 && this.#busy === 0;
  }

  state(): CollectorState {
    return {
      pending: [...this.#pending.values()],
      since: this.#since,
      open: [...this.#open.values()],
      lost: [...this.#lost],
      pace: this.#pace,
    };
  }

  /** Returns when there is nothing more to do, or when its history is long and nothing is in the middle of being done. */
  async work(): Promise<void> {
    const followers = new CancellationScope();
    const follow = (batch: OpenBatch): void => void followers.run(() => this.#follow(batch)).catch(() => undefined); // goes on as new
    for (const batch of this.#open.values()) follow(batch);
    while (!workflowInfo().continueAsNewSuggested) {
      if (!(await condition(() => this.#pending.size > 0, IDLE_MS)) && this.isIdle()) return;
      if (this.#pending.size === 0) continue;
      await condition(
        () => this.#isFull() || workflowInfo().continueAsNewSuggested,
        Math.max(1, this.#since + this.#pace.lingerMs - Date.now()),
      );
      if (this.#pending.size > 0) follow(this.#nextBatch());
    }
    await condition(() => this.#busy === 0);
    followers.cancel();
  }

  #isFull(): boolean {
    const bytes = [...this.#pending.values()].reduce((sum, ticket) => sum + ticket.bytes, 0);
    return this.#pending.size >= this.#pace.maxRequests || bytes >= MAX_BATCH_BYTES || this.#pending.size === 0;
  }

  #nextBatch(): OpenBatch {
    const taken = fill(this.#pending.values(), { requests: this.#pace.maxRequests, bytes: MAX_BATCH_BYTES });
    for (const { ticket } of taken) this.#pending.delete(ticket);
    this.#since = Date.now();
    const batch = { key: uuid4(), tickets: taken, batchId: null };
    for (const { ticket } of taken) this.#sent.add(ticket);
    this.#open.set(batch.key, batch);
    return batch;
  }

  /** Sees one batch to its end. */
  async #follow(batch: OpenBatch): Promise<void> {
    let { batchId } = batch;
    try {
      batchId ??= await this.#busily(() => this.#send(batch));
      if (batchId !== null) {
        this.#open.set(batch.key, { ...batch, batchId });
        this.#describe();
        await this.#untilEnded(batchId);
        const id = batchId;
        const { resend } = await this.#busily(() => collectBatch({ batchId: id }));
        await this.#again(batch, resend);
      }
    } catch (error) {
      if (CancellationScope.current().consideredCancelled) throw error;
      await this.#busily(() => failTickets({ tickets: namesOf(batch), ...reasonOf(error) }));
    }
    this.#open.delete(batch.key);
    for (const { ticket } of batch.tickets) this.#sent.delete(ticket);
    this.#describe();
  }

  /** Null: there is nothing to wait for. */
  async #send(batch: OpenBatch, sure = false): Promise<string | null> {
    const { key } = batch;
    const tickets = namesOf(batch);
    const submission = await submitBatch({ key, tickets, sure });
    if (submission.kind === 'sent') return submission.batchId;
    if (submission.kind === 'nothing') return null;
    // Which batch it is, if any, can be seen only at its end; until then sending again could pay twice.
    for (const batchId of submission.candidates) {
      await this.#untilEnded(batchId);
      const { ours, resend } = await collectBatch({ batchId, expected: { key, tickets } });
      if (!ours) continue;
      await this.#again(batch, resend);
      return null;
    }
    return this.#send(batch, true);
  }

  async #untilEnded(batchId: string): Promise<void> {
    let pauseMs = this.#pace.firstLookMs;
    for (;;) {
      await sleep(pauseMs);
      const { ended } = await lookAtBatch(batchId);
      if (ended) return;
      pauseMs = Math.min(pauseMs * 2, this.#pace.longestLookMs);
    }
  }

  /** Not charged and not answered: they wait for the next batch, unless that has happened to them too often. */
  async #again({ tickets }: OpenBatch, resend: readonly string[]): Promise<void> {
    const lost = new Set(resend);
    for (const { ticket } of tickets) {
      if (lost.has(ticket)) this.#lost.set(ticket, (this.#lost.get(ticket) ?? 0) + 1);
      else this.#lost.delete(ticket);
    }
    const given = resend.filter((ticket) => (this.#lost.get(ticket) ?? 0) > MOST_RESENDS);
    if (given.length > 0) {
      for (const ticket of given) this.#lost.delete(ticket);
      const reason = `Message Batches brought no answer ${MOST_RESENDS + 1} times; use the interactive lane, or try again later`;
      await this.#busily(() => failTickets({ tickets: given, type: FailureType.Unavailable, reason }));
    }
    for (const ticket of given) lost.delete(ticket);
    if (lost.size === 0) return;
    if (this.#pending.size === 0) this.#since = Date.now();
    for (const ticket of tickets) if (lost.has(ticket.ticket)) this.#pending.set(ticket.ticket, ticket);
  }

  async #busily<Value>(body: () => Promise<Value>): Promise<Value> {
    this.#busy += 1;
    try {
      return await body();
    } finally {
      this.#busy -= 1;
    }
  }

  #describe(): void {
    const open = [...this.#open.values()].map(({ batchId, tickets }) => `- ${batchId ?? 'being sent'}: ${tickets.length} requests`);
    setCurrentDetails(
      [`**${this.#pending.size}** requests wait to be sent; **${open.length}** batches on their way`, '', ...open].join('\n'),
    );
  }
}

const namesOf = ({ tickets }: OpenBatch): string[] => tickets.map(({ ticket }) => ticket);

/** Why none of a batch's turns will be answered. */
function reasonOf(error: unknown): { type: FailureType; reason: string } {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const type = cause instanceof ApplicationFailure && cause.type !== undefined ? (cause.type as FailureType) : FailureType.Internal; // raised by our activities
  return { type, reason: cause instanceof Error ? cause.message : String(cause) };
}
