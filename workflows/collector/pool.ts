import { MAX_BATCH_BYTES, type AnnouncedTicket, type Announcement, type Pace, type Withdrawal } from '../../common/batch';

/** A batch on its way. */
export interface OpenBatch {
  /** Names its submission. */
  readonly key: string;
  readonly tickets: readonly string[];
  /** Ids of the batches that may be it; none until it is sent. */
  readonly batchIds: readonly string[];
  /** Whether the first of `batchIds` is known to be it. */
  readonly certain: boolean;
  /** Whether the first of `batchIds` has ended; only its results are to be read. @default false */
  readonly ended?: boolean;
  /** Batches that looked like it and were not. */
  readonly ruledOut: readonly string[];
}

/** What the collector goes on with when its history has become long. */
export interface PoolState {
  readonly pending: readonly AnnouncedTicket[];
  /** Milliseconds since the epoch at which the oldest of them came. */
  readonly since: number;
  readonly open: readonly OpenBatch[];
  readonly again: readonly AnnouncedTicket[];
  readonly withdrawn: readonly Withdrawn[];
  readonly pace: Pace;
}

/** A withdrawal with those of its turns that had not been sent. */
export interface Withdrawn extends Withdrawal {
  readonly unsent: readonly string[];
}

/** Everything that the collector knows. */
export interface Pool {
  /** Bytes of the turns that wait to be sent, in the order of their coming. */
  readonly pending: Map<string, number>;
  pendingBytes: number;
  since: number;
  readonly open: Map<string, OpenBatch>;
  /** Turns of the open batches. */
  readonly sent: Set<string>;
  /** Bytes of those of them that were announced again meanwhile. */
  readonly again: Map<string, number>;
  /** Not yet answered. */
  readonly withdrawn: Withdrawn[];
  pace: Pace;
}

const NO_PACE: Pace = { lingerMs: 60_000, maxRequests: 10_000, firstLookMs: 30_000, longestLookMs: 300_000, askAgainMs: 600_000 };

export function openPool({
  pending = [],
  since = 0,
  open = [],
  again = [],
  withdrawn = [],
  pace = NO_PACE,
}: Partial<PoolState> = {}): Pool {
  return {
    pending: new Map(pending.map(({ ticket, bytes }) => [ticket, bytes])),
    pendingBytes: pending.reduce((sum, { bytes }) => sum + bytes, 0),
    since,
    open: new Map(open.map((batch) => [batch.key, batch])),
    sent: new Set(open.flatMap(({ tickets }) => tickets)),
    again: new Map(again.map(({ ticket, bytes }) => [ticket, bytes])),
    withdrawn: [...withdrawn],
    pace,
  };
}

export function stateOf({ pending, since, open, again, withdrawn, pace }: Pool): PoolState {
  return { pending: listOf(pending), since, open: [...open.values()], again: listOf(again), withdrawn, pace };
}

const listOf = (turns: ReadonlyMap<string, number>): AnnouncedTicket[] => [...turns].map(([ticket, bytes]) => ({ ticket, bytes }));

/** Those of an announcement that are not just being taken back: their runs hear of that, and announce again what they still want. */
export function withoutWithdrawn({ withdrawn }: Pool, tickets: readonly AnnouncedTicket[]): readonly AnnouncedTicket[] {
  const going = new Set(withdrawn.flatMap(({ unsent }) => unsent));
  return going.size === 0 ? tickets : tickets.filter(({ ticket }) => !going.has(ticket));
}

/** Takes turns in. Who heard nothing announces again: what waits already is known, and what is on its way is looked at once more when that has ended. */
export function announce(pool: Pool, { tickets, pace }: Announcement, now: number): void {
  pool.pace = pace;
  for (const { ticket, bytes } of tickets) {
    if (pool.sent.has(ticket)) pool.again.set(ticket, bytes);
    else add(pool, { ticket, bytes }, now);
  }
}

function add(pool: Pool, { ticket, bytes }: AnnouncedTicket, now: number): void {
  if (pool.pending.has(ticket)) return;
  if (pool.pending.size === 0) pool.since = now;
  pool.pending.set(ticket, bytes);
  pool.pendingBytes += bytes;
}

/** Takes turns out that have not been sent. */
export function withdraw(pool: Pool, withdrawal: Withdrawal): void {
  const unsent = withdrawal.tickets.filter((ticket) => {
    pool.again.delete(ticket);
    pool.pendingBytes -= pool.pending.get(ticket) ?? 0;
    return pool.pending.delete(ticket);
  });
  pool.withdrawn.push({ ...withdrawal, unsent });
}

export function isFull({ pending, pendingBytes, pace }: Pool): boolean {
  return pending.size >= pace.maxRequests || pendingBytes >= MAX_BATCH_BYTES;
}

/** Milliseconds that the oldest waiting turn may still wait for company; at least 0. */
export function lingerLeft({ since, pace }: Pool, now: number): number {
  return Math.max(0, since + pace.lingerMs - now);
}

/** Makes a batch of the turns that wait longest, as many as fill it. */
export function takeBatch(pool: Pool, key: string, now: number): OpenBatch {
  const tickets: string[] = [];
  let bytes = 0;
  for (const [ticket, size] of pool.pending) {
    if (tickets.length > 0 && (tickets.length >= pool.pace.maxRequests || bytes + size > MAX_BATCH_BYTES)) break;
    tickets.push(ticket);
    bytes += size;
  }
  for (const ticket of tickets) {
    pool.pending.delete(ticket);
    pool.sent.add(ticket);
  }
  pool.pendingBytes -= bytes;
  pool.since = now;
  const batch: OpenBatch = { key, tickets, batchIds: [], certain: false, ruledOut: [] };
  pool.open.set(key, batch);
  return batch;
}

/** Nothing more comes of a batch. */
export function closeBatch(pool: Pool, { key, tickets }: OpenBatch, now: number): void {
  pool.open.delete(key);
  for (const ticket of tickets) {
    pool.sent.delete(ticket);
    const bytes = pool.again.get(ticket);
    if (bytes === undefined) continue;
    pool.again.delete(ticket);
    add(pool, { ticket, bytes }, now);
  }
}

export function isEmpty({ pending, open, withdrawn }: Pool): boolean {
  return pending.size === 0 && open.size === 0 && withdrawn.length === 0;
}

/** Bytes of JSON that a turn takes in what `stateOf` carries. */
const TURN_BYTES = 55;

/** Turns that `stateOf` carries; withdrawals, which are larger, count as so many. */
export function carried({ pending, sent, again, withdrawn }: Pool): number {
  const bytes = withdrawn.reduce((sum, withdrawal) => sum + JSON.stringify(withdrawal).length, 0);
  return pending.size + sent.size + again.size + Math.ceil(bytes / TURN_BYTES);
}

/** For a reader of the Web UI, as Markdown. */
export function describePool({ pending, open }: Pool): string {
  const lines = [...open.values()].map(({ batchIds, certain, tickets }) => {
    const which = batchIds.length === 0 ? 'being sent' : certain ? batchIds[0] : `one of ${batchIds.join(', ')}, or not sent`;
    return `- ${which}: ${requests(tickets.length)}`;
  });
  const onTheirWay = open.size === 1 ? '**1** batch on its way' : `**${open.size}** batches on their way`;
  return [`**${pending.size}** ${pending.size === 1 ? 'request waits' : 'requests wait'} to be sent; ${onTheirWay}`, '', ...lines].join(
    '\n',
  );
}

const requests = (count: number): string => (count === 1 ? '1 request' : `${count} requests`);
