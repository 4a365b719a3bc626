import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const KEEP_BYTES = 5 * 1_024 * 1_024;

/** Opens a log for appending. One that has grown over 5 MiB becomes `<file>.1` first, so at most two of them exist. */
export function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  if (sizeOfLog(file) > KEEP_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** Bytes in a log; 0 when there is none. */
export const sizeOfLog = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** What was written to a log since it had so many bytes. */
export function loggedSince(file: string, bytes: number): string {
  try {
    const all = readFileSync(file);
    // It was begun anew meanwhile.
    return all.subarray(all.length < bytes ? 0 : bytes).toString('utf8');
  } catch {
    return '';
  }
}

/** What a log ends with, in one line, for an error message: the last line that names an error, else the last three. */
export function lastLines(file: string): string {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-20);
  } catch {
    return 'it left no log';
  }
  const telling = lines.filter((line) => /^(\S*Error:|Error\b|Cannot )/.test(line.trim())).at(-1);
  const shown = telling === undefined ? lines.slice(-3) : [telling];
  return shown.map((line) => shortened(line.trim())).join(' | ') || 'its log is empty';
}

/** What failed stands at the beginning of a long error, and why at its end. */
function shortened(line: string): string {
  return line.length <= 400 ? line : `${line.slice(0, 150)} … ${line.slice(-250)}`;
}
