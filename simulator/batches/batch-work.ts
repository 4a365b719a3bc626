import type { OpenRequest } from '../bill';
import type { BillRecord } from '../bill-record';
import { randomFrom } from '../random';
import { openItem, recoverItem, takeItem, type BatchWorld, type TakenItem } from './answer-item';
import type { BatchFacts, BatchState } from './batch-log';
import type { BatchRequest, ItemResult, RequestCounts, ResultLine } from './batch-wire';
import { closing, dueAt } from './schedule';
import type { Shelf } from './shelf';

/** Items that are worked on at once: none of them reads what another of them writes to the prompt cache. */
const ITEMS_AT_ONCE = 8;
/** Items that are closed in one go; this costs nearly nothing for each. */
const CLOSED_AT_ONCE = 500;

/** The work on one batch that has not ended. */
export interface BatchWork {
  readonly batch: BatchState;
  /** When there is something to do next, epoch milliseconds. */
  nextAt(): number;
  /** Does a part of what is due, without a pause; false when nothing is due. After the last part `endedAt` is set. */
  step(now: number): boolean;
  readonly endedAt: number | null;
  counts(): RequestCounts;
}

interface WorkOptions {
  readonly world: BatchWorld;
  readonly shelf: Shelf;
  readonly batch: BatchState;
  readonly requests: readonly BatchRequest[];
  /** An earlier process has worked on it. */
  readonly resumed: boolean;
}

/** Starts the work on a batch, or goes on with it after a restart. Items are done in an order drawn from seed and id. */
export function startWork({ world, shelf, batch, requests, resumed }: WorkOptions): BatchWork {
  const { facts } = batch;
  const earlier = resumed ? shelf.resultLines(facts.id) : [];
  const close = () => closing(facts, batch.cancelAt);
  const progress = createProgress(facts.count, { lines: earlier, at: resumed ? Math.min(world.clock.now(), close().at) : facts.createdAt });
  const recover = recoverer(resumed ? world.bill.records() : [], { world, batch: facts });
  const order = remaining(world, { batch, requests, done: new Set(earlier.map((line) => line.custom_id)) });
  const stuck: Array<{ item: BatchRequest; open: OpenRequest }> = [];
  let next = 0;

  const add = (lines: readonly ResultLine[]): void => {
    if (lines.length > 0) shelf.addResults(facts.id, lines);
    progress.add(lines);
  };
  /** Answers the items that are due, so many at once. */
  const answerWave = (until: number): void => {
    const wave: Array<{ item: BatchRequest; taken: TakenItem }> = [];
    let at = 0;
    while (wave.length < ITEMS_AT_ONCE && (order[next]?.due ?? Infinity) <= until) {
      const { item, due } = order[next] as (typeof order)[number];
      next += 1;
      const known = recover(item);
      const taken = known === undefined ? takeItem(world, facts, item) : ({ kind: 'done', result: known } as const);
      if (taken.kind === 'stuck') stuck.push({ item, open: taken.open });
      else at = due;
      wave.push({ item, taken });
    }
    add(wave.flatMap(({ item, taken }) => (taken.kind === 'stuck' ? [] : [{ custom_id: item.custom_id, result: resultOf(taken) }])));
    for (const { taken } of wave) if (taken.kind === 'ready') taken.publish();
    progress.reached(at);
  };
  const closeSome = ({ at, as }: ReturnType<typeof close>): void => {
    const held = stuck.splice(0, CLOSED_AT_ONCE);
    const untouched = order
      .slice(next, next + CLOSED_AT_ONCE - held.length)
      .map(({ item }) => ({ item, open: openItem(world, facts, item) }));
    next += untouched.length;
    const closed = [...held, ...untouched];
    for (const { open } of closed) open.settle({ outcome: as, status: 0 });
    add(closed.map(({ item }) => ({ custom_id: item.custom_id, result: { type: as } })));
    progress.reached(at);
  };

  return {
    batch,
    nextAt: () => Math.min(order[next]?.due ?? Infinity, close().at),
    step: (now) => {
      if (progress.endedAt() !== null) return false;
      const closes = close();
      const until = Math.min(now, closes.at);
      if ((order[next]?.due ?? Infinity) <= until) answerWave(until);
      else if (now >= closes.at) closeSome(closes);
      else return false;
      return true;
    },
    get endedAt() {
      return progress.endedAt();
    },
    counts: () => progress.counts(),
  };
}

const resultOf = (taken: Exclude<TakenItem, { kind: 'stuck' }>): ItemResult => (taken.kind === 'done' ? taken.result : taken.finish());

/** Items without a result, each with its time. */
function remaining(
  { seed }: BatchWorld,
  {
    batch: { facts },
    requests,
    done,
  }: { readonly batch: BatchState; readonly requests: readonly BatchRequest[]; readonly done: ReadonlySet<string> },
): ReadonlyArray<{ readonly item: BatchRequest; readonly due: number }> {
  return randomFrom(`${seed}\n${facts.id}\norder`)
    .shuffle(requests)
    .map((item, place) => ({ item, due: dueAt(facts, place, facts.count) }))
    .filter(({ item }) => !done.has(item.custom_id));
}

/** Finds the answer to an item that an earlier process put on the bill, and did not live to keep. */
function recoverer(
  bill: readonly BillRecord[],
  { world, batch }: { readonly world: BatchWorld; readonly batch: BatchFacts },
): (item: BatchRequest) => ItemResult | undefined {
  const billed = new Map(bill.flatMap((record) => (record.batchId === batch.id && record.charged ? [[record.customId, record]] : [])));
  return (item) => {
    const record = billed.get(item.custom_id);
    return record && recoverItem(world, { batch, item, billed: record });
  };
}

interface Progress {
  add(lines: readonly ResultLine[]): void;
  /** Something was done that was due at this time. */
  reached(at: number): void;
  /** When the last item was done; null before that. */
  endedAt(): number | null;
  counts(): RequestCounts;
}

function createProgress(count: number, earlier: { readonly lines: readonly ResultLine[]; readonly at: number }): Progress {
  const tally = { succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  let processing = count;
  let latest = earlier.at;
  const add = (lines: readonly ResultLine[]): void => {
    for (const { result } of lines) tally[result.type] += 1;
    processing -= lines.length;
  };
  add(earlier.lines);
  return {
    add,
    reached: (at) => (latest = Math.max(latest, at)),
    endedAt: () => (processing > 0 ? null : latest),
    counts: () => ({ processing, ...tally }),
  };
}
