import type { BatchWorld } from './answer-item';
import type { BatchState } from './batch-log';
import type { BatchRequest, RequestCounts } from './batch-wire';
import { startWork, type BatchWork } from './batch-work';
import type { Shelf } from './shelf';
import { createWorkLoop, type WorkLoop } from './work-loop';

/** The work on all batches that have not ended. */
export interface OpenWork extends WorkLoop {
  /** @param resumed An earlier process has worked on it. */
  start(batch: BatchState, requests: readonly BatchRequest[], resumed: boolean): void;
  /** Counts of a batch as they are now; undefined for one that has ended. */
  counts(id: string): RequestCounts | undefined;
  /** Items of all batches that wait. */
  queued(): number;
}

interface Options {
  readonly world: BatchWorld;
  readonly shelf: Shelf;
  /** A batch has ended: its last result is on the shelf. */
  readonly ended: (batch: BatchState, at: number, counts: RequestCounts) => void;
}

export function createOpenWork({ world, shelf, ended }: Options): OpenWork {
  const works = new Map<string, BatchWork>();
  /** A part of the work on every batch in turn. */
  const step = (): boolean => {
    let worked = false;
    for (const [id, work] of works) {
      worked = work.step(world.clock.now()) || worked;
      if (work.endedAt === null) continue;
      works.delete(id);
      ended(work.batch, work.endedAt, work.counts());
    }
    return worked;
  };
  const nextAt = (): number => Math.min(...[...works.values()].map((work) => work.nextAt()));
  return {
    ...createWorkLoop({ now: () => world.clock.now(), nextAt, step }),
    start: (batch, requests, resumed) => void works.set(batch.facts.id, startWork({ world, shelf, batch, requests, resumed })),
    counts: (id) => works.get(id)?.counts(),
    queued: () => [...works.values()].reduce((sum, work) => sum + work.counts().processing, 0),
  };
}
