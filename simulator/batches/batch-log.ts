import { join } from 'node:path';

import type { CallerTags } from '../bill-record';
import type { RequestCounts } from './batch-wire';
import { appendLines, readLines } from './line-file';
import type { BatchTimes } from './schedule';

/** What is known of a batch once it is created, and never changes. */
export interface BatchFacts extends BatchTimes {
  readonly id: string;
  readonly count: number;
  /** Version of the API and betas that its items are checked by. */
  readonly version: string;
  readonly betas: readonly string[];
  /** Whose prompt cache it uses. */
  readonly cacheKey: string;
  readonly tags: CallerTags;
}

export interface BatchState {
  readonly facts: BatchFacts;
  cancelAt: number | null;
  ended: { readonly at: number; readonly counts: RequestCounts } | null;
  /** A deleted batch keeps its place in the order, where a client may be turning pages. */
  deleted: boolean;
}

/** A change of the batches, or of the clock, which was moved to a time. A reset forgets the batches that have ended. */
export type BatchLine =
  | { readonly kind: 'created'; readonly facts: BatchFacts }
  | { readonly kind: 'canceling'; readonly id: string; readonly at: number }
  | { readonly kind: 'ended'; readonly id: string; readonly at: number; readonly counts: RequestCounts }
  | { readonly kind: 'deleted'; readonly id: string }
  | { readonly kind: 'clock'; readonly at: number }
  | { readonly kind: 'reset' };

export interface BatchLog {
  /** The batches that earlier processes left, oldest first. */
  readonly batches: readonly BatchState[];
  /** The latest time that an earlier process knew; 0 without any. */
  readonly latest: number;
  append(line: BatchLine): void;
}

/** Opens `batches.jsonl` in a folder, which must be there; without a folder nothing is kept. */
export function openBatchLog(stateDir: string | undefined): BatchLog {
  if (stateDir === undefined) return { batches: [], latest: 0, append: () => undefined };
  const path = join(stateDir, 'batches.jsonl');
  return { ...replay(readLines<BatchLine>(path)), append: (line) => appendLines(path, [line]) };
}

function replay(lines: readonly BatchLine[]): { batches: BatchState[]; latest: number } {
  let batches = new Map<string, BatchState>();
  let latest = 0;
  const change = (id: string, fields: Partial<BatchState>): void => void Object.assign(batches.get(id) ?? {}, fields);
  for (const line of lines) {
    if ('at' in line) latest = Math.max(latest, line.at);
    switch (line.kind) {
      case 'created':
        latest = Math.max(latest, line.facts.createdAt);
        batches.set(line.facts.id, { facts: line.facts, cancelAt: null, ended: null, deleted: false });
        break;
      case 'canceling':
        change(line.id, { cancelAt: line.at });
        break;
      case 'ended':
        change(line.id, { ended: { at: line.at, counts: line.counts } });
        break;
      case 'deleted':
        change(line.id, { deleted: true });
        break;
      case 'reset':
        batches = new Map([...batches].filter(([, { ended }]) => ended === null));
        break;
      case 'clock':
        break;
      default:
        line satisfies never;
    }
  }
  return { batches: [...batches.values()], latest };
}
