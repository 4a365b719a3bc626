import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import type { BillRecord } from './bill-record';

const FILE = 'bill.jsonl';

/** A line of the file: a request, a start of the process, or a reset that voids the lines before it. */
export type BillLine =
  | { readonly kind: 'request'; readonly record: BillRecord }
  | { readonly kind: 'start'; readonly start: number }
  | { readonly kind: 'reset' };

export interface BillFile {
  /** Lines of earlier processes, in order. */
  readonly lines: readonly BillLine[];
  /** Hands a line to the operating system before it returns: it survives the death of this process. */
  append(line: BillLine): void;
  close(): void;
}

/**
 * Opens `bill.jsonl` in a folder, which is created when missing; the one above it must be there. A last line without its end, left by a kill in mid-write, is cut off.
 * @throws Error when the folder cannot be made; when a line in the middle cannot be read: money must not go missing in silence.
 */
export function openBillFile(folder: string): BillFile {
  makeFolder(folder);
  const path = join(folder, FILE);
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
  const lines = whole
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => parseLine(line, `${path}:${at + 1}`));
  const descriptor = openSync(path, 'a');
  if (fstatSync(descriptor).size > whole.length) ftruncateSync(descriptor, whole.length);
  let open = true;
  return {
    lines,
    append: (line) => {
      if (open) writeSync(descriptor, `${JSON.stringify(line)}\n`);
    },
    close: () => {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

/** Not recursively: Node's own way of that never returns where a file system answers ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  try {
    mkdirSync(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot keep the simulator's bill in "${folder}": ${why}; choose a folder you may write to`, { cause: error });
  }
}

function parseLine(line: string, place: string): BillLine {
  try {
    return JSON.parse(line) as BillLine;
  } catch (error) {
    throw new Error(`Cannot read the simulator's bill: ${place} is not JSON; restore the file or move it away`, { cause: error });
  }
}
