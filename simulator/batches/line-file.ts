import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';

/**
 * Lines of a file that processes append to. A last line without its end, left by a kill in mid-write, is cut off.
 * @throws Error when a line cannot be read.
 */
export function readLines<Line>(path: string): Line[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes
    .toString('utf8', 0, end)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => parseLine<Line>(line, `${path}:${at + 1}`));
}

/** Hands lines to the operating system before it returns: they survive the death of this process. */
export function appendLines(path: string, lines: readonly unknown[]): void {
  writeFileSync(path, textOfLines(lines), { flag: 'a' });
}

export function textOfLines(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function parseLine<Line>(line: string, place: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch (error) {
    throw new Error(`Cannot read the simulator's batches: ${place} is not JSON; restore the file or move it away`, { cause: error });
  }
}
