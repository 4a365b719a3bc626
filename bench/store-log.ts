import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** What a store in S3 was asked for. S3 charges by these kinds. */
export interface StoreUse {
  /** Puts and copies. */
  readonly puts: number;
  /** Charged like puts. */
  readonly lists: number;
  readonly gets: number;
  readonly deletes: number;
  /** Bytes that were put. */
  readonly bytes: number;
}

export const NO_USE: StoreUse = { puts: 0, lists: 0, gets: 0, deletes: 0, bytes: 0 };

const LINE = / s3_(\w+) \S+ \S+ \d{3} \S+ \d+ (\d+) /;

/** Adds up lines of an access log. */
export function useIn(log: string): StoreUse {
  let use = NO_USE;
  for (const line of log.split('\n')) {
    const [, operation, size = '0'] = LINE.exec(line) ?? [];
    if (operation === undefined || operation === 'ListAllMyBuckets') continue;
    if (operation.startsWith('Delete')) use = { ...use, deletes: use.deletes + 1 };
    else if (operation.startsWith('Get') || operation.startsWith('Head')) use = { ...use, gets: use.gets + 1 };
    else if (operation.startsWith('List')) use = { ...use, lists: use.lists + 1 };
    else use = { ...use, puts: use.puts + 1, bytes: use.bytes + (operation === 'PutObject' ? Number(size) : 0) };
  }
  return use;
}

const QUIET_MS = 500;

/** The use since `from` characters of the log, once nothing more comes. */
export async function useSince(file: string, from: number): Promise<StoreUse> {
  let known = -1;
  for (;;) {
    const log = readFileSync(file, 'utf8');
    if (log.length === known) return useIn(log.slice(from));
    known = log.length;
    await delay(QUIET_MS);
  }
}

export const lengthOf = (file: string): number => readFileSync(file, 'utf8').length;
