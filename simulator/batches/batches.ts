import type { ApiError } from '../api-error';
import type { CallerTags } from '../bill-record';
import type { LimitsOption } from '../limits';
import { idFrom, randomFrom } from '../random';
import type { BatchWorld } from './answer-item';
import { createBatchLimiter, type BatchLimiter } from './batch-limits';
import { openBatchLog, type BatchFacts, type BatchState } from './batch-log';
import type { BatchRequest, RequestCounts } from './batch-wire';
import { createOpenWork } from './open-work';
import { timesOf } from './schedule';
import { createShelf, type Source } from './shelf';

/** A batch to be created. */
export interface NewBatch {
  readonly requestId: string;
  readonly requests: readonly BatchRequest[];
  readonly version: string;
  readonly betas: readonly string[];
  readonly cacheKey: string;
  readonly tags: CallerTags;
  /** Milliseconds until the last item is done. @default by the configuration */
  readonly turnaroundMs?: number | undefined;
}

/** How far a batch really is, which the API does not tell before its end. */
export interface BatchProgress {
  readonly id: string;
  readonly status: 'in_progress' | 'canceling' | 'ended';
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly counts: RequestCounts;
  readonly deleted: boolean;
}

/** All batches, and the work on them, which goes on by itself. */
export interface Batches {
  readonly limiter: BatchLimiter;
  create(batch: NewBatch): BatchState | ApiError;
  find(id: string): BatchState | undefined;
  /** Oldest first, the deleted ones among them. */
  all(): readonly BatchState[];
  cancel(batch: BatchState): void;
  /** Forgets an ended batch and its results. */
  remove(batch: BatchState): void;
  results(batch: BatchState): Source;
  progress(): BatchProgress[];
  /** Resolves when everything that is due is done, or after five seconds. */
  caughtUp(): Promise<void>;
  /** The clock was moved: more may be due, and it must not go back with a restart. */
  clockMoved(): void;
  /** Forgets the batches that have ended; the others go on. */
  reset(limits: LimitsOption): void;
  close(): void;
}

interface Options {
  readonly world: BatchWorld;
  readonly stateDir: string | undefined;
  readonly limits: LimitsOption;
}

/** Opens the batches; with a folder they outlive the process, and the clock goes on from the latest time that is known there. */
export function openBatches({ world, stateDir, limits }: Options): Batches {
  const { clock } = world;
  const log = openBatchLog(stateDir);
  clock.advance(Math.max(0, log.latest - clock.now()));
  const shelf = createShelf(stateDir);
  const limiter = createBatchLimiter(clock, limits);
  const batches = new Map(log.batches.map((batch) => [batch.facts.id, batch]));
  const ended = (batch: BatchState, at: number, counts: RequestCounts): void => {
    batch.ended = { at, counts };
    log.append({ kind: 'ended', id: batch.facts.id, at, counts });
    shelf.dropRequests(batch.facts.id);
  };
  const work = createOpenWork({ world, shelf, ended });
  for (const batch of batches.values()) if (batch.ended === null) work.start(batch, shelf.requests(batch.facts.id), true);
  work.wake();

  return {
    limiter,
    create: (fresh) => {
      const full = limiter.enqueue(fresh.requests.length, work.queued());
      if (full !== undefined) return full;
      const batch: BatchState = { facts: factsOf(world, fresh), cancelAt: null, ended: null, deleted: false };
      // The log is written last: what it names is there.
      shelf.putRequests(batch.facts.id, fresh.requests);
      log.append({ kind: 'created', facts: batch.facts });
      batches.set(batch.facts.id, batch);
      work.start(batch, fresh.requests, false);
      work.wake();
      return batch;
    },
    find: (id) => batches.get(id),
    all: () => [...batches.values()],
    cancel: (batch) => {
      batch.cancelAt = clock.now();
      log.append({ kind: 'canceling', id: batch.facts.id, at: batch.cancelAt });
      work.wake();
    },
    remove: (batch) => {
      batch.deleted = true;
      log.append({ kind: 'deleted', id: batch.facts.id });
      shelf.drop(batch.facts.id);
    },
    results: (batch) => shelf.results(batch.facts.id),
    progress: () => [...batches.values()].map((batch) => progressOf(batch, work.counts(batch.facts.id))),
    caughtUp: () => work.caughtUp(),
    clockMoved: () => {
      log.append({ kind: 'clock', at: clock.now() });
      work.wake();
    },
    reset: (current) => {
      log.append({ kind: 'reset' });
      limiter.configure(current);
      for (const [id, batch] of batches) {
        if (batch.ended === null) continue;
        batches.delete(id);
        shelf.drop(id);
      }
    },
    close: () => work.close(),
  };
}

function factsOf({ config, clock, seed }: BatchWorld, fresh: NewBatch): BatchFacts {
  const { requestId, requests, turnaroundMs, version, betas, cacheKey, tags } = fresh;
  const id = idFrom('msgbatch_', requestId);
  const times = timesOf(config(), { now: clock.now(), count: requests.length, random: randomFrom(`${seed}\n${id}\nturnaround`) });
  return { id, count: requests.length, ...times, ...(turnaroundMs !== undefined && { turnaroundMs }), version, betas, cacheKey, tags };
}

function progressOf(batch: BatchState, counts: RequestCounts | undefined): BatchProgress {
  const { facts, ended, deleted } = batch;
  const { id, createdAt, count } = facts;
  const nothing = { processing: count, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  return { id, status: statusOf(batch), createdAt, endedAt: ended?.at ?? null, counts: ended?.counts ?? counts ?? nothing, deleted };
}

export function statusOf({ ended, cancelAt }: BatchState): BatchProgress['status'] {
  if (ended !== null) return 'ended';
  return cancelAt === null ? 'in_progress' : 'canceling';
}
