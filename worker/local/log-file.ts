import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const KEEP_BYTES = 5 * 1_024 * 1_024;

/** Opens a log for appending. One that has grown over 5 MiB becomes `<file>.1` first, so at most two of them exist. */
export function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > KEEP_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** The last lines of a log in one line, for an error message; empty when there is none. */
export function lastLines(file: string, count = 3): string {
  try {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    return lines.slice(-count).map((line) => line.slice(0, 300)).join(' | ');
  } catch {
    return '';
  }
}
