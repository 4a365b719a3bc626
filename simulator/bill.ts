import type { PicoUsd } from '../common/money';
import { BATCH_FACTOR, ratesFor } from '../common/price-list';
import { costOf, NO_USAGE, type TokenUsage } from '../common/pricing';
import { openBillFile, type BillFile, type BillLine } from './bill-file';
import type { BillRecord, CallerTags, Outcome } from './bill-record';
import { summarize, type SimulatorStats } from './bill-stats';
import type { Clock } from './clock';
import { idFrom } from './random';

/** What is known when a request arrives. */
export interface Arriving {
  readonly path: string;
  readonly tags: CallerTags;
  readonly retryCount: number;
  /** An item of a batch: half the price, and no connection that is counted. */
  readonly batch?: { readonly id: string; readonly customId: string };
}

/** Facts found out while a request is handled, before it is settled. */
export interface Facts {
  hash?: string;
  model?: string;
  stream?: boolean;
  fault?: string;
}

/** How it ended. */
export interface Settlement {
  readonly outcome: Exclude<Outcome, 'open'>;
  readonly status: number;
  readonly errorType?: string | null;
  readonly stopReason?: string | null;
  readonly streamedBytes?: number;
  /** Present: the request is charged for this. */
  readonly usage?: TokenUsage;
  readonly abortedAt?: number;
}

/** One request on its way. `settle` writes its line, once; later calls change nothing. */
export interface OpenRequest {
  readonly seq: number;
  readonly requestId: string;
  readonly tags: CallerTags;
  /** Adds facts; with a hash it returns the number of earlier arrivals of the same request. */
  note(facts: Facts): number;
  settle(settlement: Settlement): void;
  readonly settled: boolean;
  /** The request has left the server. */
  leave(): void;
}

export interface RequestFilter {
  /** Only records with a greater `seq`. */
  readonly since?: number;
  readonly agent?: string;
  readonly workflow?: string;
  readonly hash?: string;
}

export interface Bill {
  open(arriving: Arriving): OpenRequest;
  records(filter?: RequestFilter): BillRecord[];
  stats(): SimulatorStats;
  readonly inFlight: number;
  /** Forgets every settled request and every count; requests in flight stay. */
  reset(): void;
  close(): void;
}

interface Options {
  readonly clock: Clock;
  readonly seed: number;
  readonly stateDir?: string | undefined;
}

/** The list of every request and what it cost; with a folder it outlives the process. */
export function openBill({ clock, seed, stateDir }: Options): Bill {
  const file: BillFile | undefined = stateDir === undefined ? undefined : openBillFile(stateDir);
  const restored = restore(file?.lines ?? []);
  const { start } = restored;
  let { settled, lastSeq } = restored;
  // A number that a killed process gave out and never wrote may be given again; the start in the id keeps the ids apart.
  file?.append({ kind: 'start', start });
  let arrivals = countArrivals(settled);
  const open = new Map<number, BillRecord>();
  const load = { inFlight: 0, peak: 0 };

  const begin = (arriving: Arriving): OpenRequest => {
    lastSeq += 1;
    const seq = lastSeq;
    const requestId = idFrom('req_', `${seed}\n${start}\n${seq}`);
    if (arriving.batch === undefined) load.inFlight += 1;
    load.peak = Math.max(load.peak, load.inFlight);
    open.set(seq, newRecord(arriving, { seq, requestId, at: clock.now() }));
    return {
      seq,
      requestId,
      tags: arriving.tags,
      get settled() {
        return !open.has(seq);
      },
      note: ({ hash, ...facts }) => {
        const record = open.get(seq);
        if (record === undefined) return 0;
        const arrival = hash === undefined ? record.arrival : countArrival(arrivals, hash);
        open.set(seq, { ...record, ...facts, hash: hash ?? record.hash, arrival });
        return arrival;
      },
      settle: (settlement) => {
        const record = open.get(seq);
        if (record === undefined) return;
        const done = settledRecord(record, settlement, clock.now());
        file?.append({ kind: 'request', record: done });
        settled.push(done);
        open.delete(seq);
      },
      leave: once(() => (load.inFlight -= arriving.batch === undefined ? 1 : 0)),
    };
  };

  return {
    open: begin,
    records: (filter = {}) => [...settled, ...open.values()].filter((record) => matches(record, filter)).sort((a, b) => a.seq - b.seq),
    stats: () => summarize(settled, { inFlight: load.inFlight, peakConcurrency: load.peak }),
    get inFlight() {
      return load.inFlight;
    },
    reset: () => {
      file?.append({ kind: 'reset' });
      settled = [];
      arrivals = new Map();
      load.peak = load.inFlight;
    },
    close: () => file?.close(),
  };
}

const once = (action: () => void): (() => void) => {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
};

/** What earlier processes left behind. */
function restore(lines: readonly BillLine[]): { settled: BillRecord[]; lastSeq: number; start: number } {
  let settled: BillRecord[] = [];
  let lastSeq = 0;
  let start = 1;
  for (const line of lines) {
    if (line.kind === 'start') start += 1;
    if (line.kind === 'reset') settled = [];
    if (line.kind !== 'request') continue;
    settled.push(line.record);
    lastSeq = Math.max(lastSeq, line.record.seq);
  }
  return { settled, lastSeq, start };
}

function newRecord({ path, tags, retryCount, batch }: Arriving, identity: Pick<BillRecord, 'seq' | 'requestId' | 'at'>): BillRecord {
  return {
    ...identity,
    path,
    ...(batch !== undefined && { batchId: batch.id, customId: batch.customId }),
    ...tags,
    hash: null,
    arrival: 0,
    model: null,
    stream: false,
    retryCount,
    status: 0,
    errorType: null,
    stopReason: null,
    fault: null,
    outcome: 'open',
    streamedBytes: 0,
    usage: NO_USAGE,
    charged: false,
    costPico: 0,
    doneAt: null,
    abortedAt: null,
  };
}

function settledRecord(record: BillRecord, settlement: Settlement, now: number): BillRecord {
  const { outcome, status, usage } = settlement;
  return {
    ...record,
    outcome,
    status,
    errorType: settlement.errorType ?? null,
    stopReason: settlement.stopReason ?? null,
    streamedBytes: settlement.streamedBytes ?? 0,
    usage: usage ?? NO_USAGE,
    charged: usage !== undefined,
    costPico: usage === undefined ? 0 : priceOf(record, usage),
    doneAt: now,
    abortedAt: settlement.abortedAt ?? null,
  };
}

/** List price; a model without one costs nothing here, as it has no place in a bill that is compared. */
function priceOf({ model, at, batchId }: BillRecord, usage: TokenUsage): PicoUsd {
  const rates = model === null ? null : ratesFor(model.replace(/-\d{8}$/, ''), at);
  return rates === null ? 0 : costOf(usage, rates, batchId === undefined ? 1 : BATCH_FACTOR);
}

function countArrivals(records: readonly BillRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { hash } of records) if (hash !== null) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return counts;
}

/** How often the request had arrived before this time. */
function countArrival(arrivals: Map<string, number>, hash: string): number {
  const before = arrivals.get(hash) ?? 0;
  arrivals.set(hash, before + 1);
  return before;
}

function matches(record: BillRecord, { since, agent, workflow, hash }: RequestFilter): boolean {
  return (
    (since === undefined || record.seq > since) &&
    (agent === undefined || record.agent === agent) &&
    (workflow === undefined || record.workflowId === workflow) &&
    (hash === undefined || record.hash === hash)
  );
}
