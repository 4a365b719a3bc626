import type { Client } from '@temporalio/client';

import { COLLECTOR, collectorId, type AnnouncedTicket, type Pace } from '../../common/batch';
import { announceSignal } from '../../common/messages';

/** Hands tickets to the collector of their store. */
export interface Announcer {
  readonly pace: Pace;
  /** Resolves once the collector is sure to hear of it. */
  announce(to: CollectorAddress, ticket: AnnouncedTicket): Promise<void>;
}

export interface CollectorAddress {
  readonly client: Client;
  readonly storeId: string;
  readonly taskQueue: string;
}

/** One signal for many tickets: a workflow takes a few dozen signals a second, and calls come by the hundred. */
const COLLECT_MS = 200;
const MOST_TICKETS = 2_000;

interface Waiting {
  readonly to: CollectorAddress;
  tickets: AnnouncedTicket[];
  sent: Promise<void>;
}

export function createAnnouncer(pace: Pace): Announcer {
  const waiting = new Map<string, Waiting>();

  const send = async ({ to, tickets }: Waiting): Promise<void> => {
    const { client, storeId, taskQueue } = to;
    await client.workflow.signalWithStart(COLLECTOR, {
      workflowId: collectorId(storeId),
      taskQueue,
      workflowTaskTimeout: '10s',
      signal: announceSignal,
      signalArgs: [{ tickets, pace }],
    });
  };

  return {
    pace,
    announce: async (to, ticket) => {
      const known = waiting.get(to.storeId);
      if (known !== undefined && known.tickets.length < MOST_TICKETS) {
        known.tickets.push(ticket);
        return known.sent;
      }
      const opened: Waiting = { to, tickets: [ticket], sent: Promise.resolve() };
      waiting.set(to.storeId, opened);
      opened.sent = new Promise<void>((resolve) => setTimeout(resolve, COLLECT_MS)).then(() => {
        if (waiting.get(to.storeId) === opened) waiting.delete(to.storeId);
        return send(opened);
      });
      return opened.sent;
    },
  };
}
