import type { AnnouncedTicket, Pace } from '../../common/batch';

/** A batch on its way. */
export interface OpenBatch {
  /** Names its submission. */
  readonly key: string;
  readonly tickets: readonly AnnouncedTicket[];
  /** Null until it is known which one it is. */
  readonly batchId: string | null;
}

/** What the collector goes on with when its history has become long. */
export interface CollectorState {
  readonly pending: readonly AnnouncedTicket[];
  /** Milliseconds since the epoch at which the oldest of them came; 0 when there is none. */
  readonly since: number;
  readonly open: readonly OpenBatch[];
  /** How often tickets were sent in vain, for those that were. */
  readonly lost: ReadonlyArray<readonly [ticket: string, times: number]>;
  readonly pace: Pace;
}

/** Turns that are sent again this often without an answer are given up. */
export const MOST_RESENDS = 4;

/** The first of the waiting tickets, as many as fill a batch. */
export function fill(pending: Iterable<AnnouncedTicket>, most: { readonly requests: number; readonly bytes: number }): AnnouncedTicket[] {
  const taken: AnnouncedTicket[] = [];
  let bytes = 0;
  for (const ticket of pending) {
    bytes += ticket.bytes;
    if (taken.length > 0 && (taken.length >= most.requests || bytes > most.bytes)) break;
    taken.push(ticket);
  }
  return taken;
}
