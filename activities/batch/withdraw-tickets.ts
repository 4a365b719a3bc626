import { dropTicket, failTicket, readTicket, voidTicket, type TicketFailure } from '../../claude/batch-tickets';
import type { FailureType } from '../../common/failures';
import type { ActivityDeps } from '../deps';
import { beating } from '../beating';
import { refuseOtherCollector } from '../refuse-other-store';
import { eachOf } from './each-of';
import { noteWaiting, tellRuns, type Waiting } from './tell-runs';

const AT_ONCE = 16;

/** A withdrawal, and which of its turns were not sent. */
export interface WithdrawTicketsInput {
  readonly workflowId: string;
  readonly tickets: readonly string[];
  readonly unsent: readonly string[];
}

/** Takes back turns that were not sent, which are not charged, and tells the runs that they need not wait for them. */
export async function withdrawTickets({ store }: ActivityDeps, withdrawals: readonly WithdrawTicketsInput[]): Promise<void> {
  refuseOtherCollector('take back turns', store);
  return beating(async () => {
    const waiting: Waiting = new Map();
    for (const { workflowId, tickets } of withdrawals) for (const ticket of tickets) noteWaiting(waiting, { workflowId, ticket });
    const unsent = withdrawals.flatMap((withdrawal) => withdrawal.unsent);
    await eachOf(unsent, AT_ONCE, async (ticket) => {
      const record = await readTicket(store, ticket);
      if (record !== undefined) await voidTicket(store, record);
    });
    await tellRuns(waiting);
  });
}

export interface FailTicketsInput {
  readonly tickets: readonly string[];
  readonly type: FailureType;
  readonly reason: string;
  /** Whether Claude may have answered them all the same. */
  readonly charged: 'no' | 'maybe';
}

/** Tells the runs that these turns will not be answered. */
export async function failTickets({ store }: ActivityDeps, { tickets, type, reason, charged }: FailTicketsInput): Promise<void> {
  refuseOtherCollector('give up turns', store);
  return beating(async () => {
    const failed: TicketFailure = { type, message: reason };
    const waiting: Waiting = new Map();
    await eachOf(tickets, AT_ONCE, async (ticket) => {
      const record = await readTicket(store, ticket);
      if (record === undefined) return;
      await failTicket(store, record, failed);
      await (charged === 'no' ? voidTicket(store, record) : dropTicket(store, record));
      noteWaiting(waiting, record);
    });
    await tellRuns(waiting);
  });
}
