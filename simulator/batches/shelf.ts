import { createReadStream, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import type { BatchRequest, ResultLine } from './batch-wire';
import { appendLines, readLines, textOfLines } from './line-file';

/** Bytes that can be sent, in full or their beginning. */
export interface Source {
  readonly size: number;
  /** @param bytes Only so many of them. @default all */
  open(bytes?: number): Readable;
}

/** Where requests of open batches and results are kept. */
export interface Shelf {
  putRequests(id: string, requests: readonly BatchRequest[]): void;
  /** What an earlier process has put. */
  requests(id: string): readonly BatchRequest[];
  addResults(id: string, lines: readonly ResultLine[]): void;
  /** What an earlier process has added. */
  resultLines(id: string): readonly ResultLine[];
  results(id: string): Source;
  /** The batch has ended: only its results are of use from now on. */
  dropRequests(id: string): void;
  drop(id: string): void;
}

/** Writing a large batch in pieces keeps its text from standing in memory whole. */
const REQUESTS_A_WRITE = 1_000;

/** A shelf in a folder, which must be there; without one, a shelf that ends with the process. */
export function createShelf(stateDir: string | undefined): Shelf {
  return stateDir === undefined ? memoryShelf() : folderShelf(join(stateDir, 'batches'));
}

function memoryShelf(): Shelf {
  const results = new Map<string, Buffer[]>();
  return {
    // The work on a batch holds its requests.
    putRequests: () => undefined,
    requests: () => [],
    dropRequests: () => undefined,
    resultLines: () => [],
    addResults: (id, lines) => {
      const known = results.get(id) ?? [];
      known.push(Buffer.from(textOfLines(lines)));
      results.set(id, known);
    },
    results: (id) => sourceOf(results.get(id) ?? []),
    drop: (id) => void results.delete(id),
  };
}

/** Pieces that are in memory. */
export function sourceOf(pieces: readonly Buffer[]): Source {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const beginning = function* (bytes: number): Generator<Buffer> {
    let left = bytes;
    for (const piece of pieces) {
      if (left <= 0) return;
      yield piece.subarray(0, left);
      left -= piece.length;
    }
  };
  return { size, open: (bytes = size) => Readable.from(beginning(bytes), { objectMode: false }) };
}

function folderShelf(folder: string): Shelf {
  const requestsOf = (id: string): string => join(folder, `${id}.requests.jsonl`);
  const resultsOf = (id: string): string => join(folder, `${id}.results.jsonl`);
  return {
    putRequests: (id, requests) => {
      if (!existsSync(folder)) mkdirSync(folder);
      for (let at = 0; at < requests.length; at += REQUESTS_A_WRITE) appendLines(requestsOf(id), requests.slice(at, at + REQUESTS_A_WRITE));
    },
    requests: (id) => readLines<BatchRequest>(requestsOf(id)),
    addResults: (id, lines) => appendLines(resultsOf(id), lines),
    resultLines: (id) => readLines<ResultLine>(resultsOf(id)),
    results: (id) => {
      const path = resultsOf(id);
      const { size } = statSync(path);
      return { size, open: (bytes = size) => (bytes === 0 ? Readable.from([]) : createReadStream(path, { end: bytes - 1 })) };
    },
    dropRequests: (id) => rmSync(requestsOf(id), { force: true }),
    drop: (id) => {
      rmSync(requestsOf(id), { force: true });
      rmSync(resultsOf(id), { force: true });
    },
  };
}
