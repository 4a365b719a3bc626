import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

import { replaceFile } from './replace-file';

/** `ours`: as this writer has left it. `gone`: removed. `other`: somebody else has begun it anew, or changed it. */
export type FileState = 'ours' | 'gone' | 'other';

/** A file that one writer appends to. Another writer of the same name takes it over, and then what this one appends is lost, never mixed in. */
export interface GrowingFile {
  /** Puts these texts in place of what is there, in one step. */
  begin(texts: Iterable<string>): Promise<void>;
  state(): Promise<FileState>;
  /** Nothing happens unless the file is `ours`. */
  append(lines: readonly string[]): Promise<void>;
}

/** Node writes more than this in several steps, and a kill between two of them would cut a line. */
const MOST_AT_ONCE = 500 * 1_024;

interface Known {
  readonly ino: bigint;
  /** Numbers of removed files are given to new ones, so the number alone would not do. */
  readonly size: bigint;
}

export function growingFile(file: string): GrowingFile {
  let known: Known | undefined;
  const isOurs = ({ ino, size }: Known): boolean => ino === known?.ino && size === known.size;
  return {
    begin: async (texts) => {
      known = await replaceFile(file, texts);
    },
    state: async () => {
      const found = await stat(file, { bigint: true }).catch(absent);
      if (found === undefined) return 'gone';
      return isOurs(found) ? 'ours' : 'other';
    },
    append: async (lines) => {
      if (lines.length === 0) return;
      const handle = await open(file, constants.O_WRONLY | constants.O_APPEND).catch(absent);
      try {
        // Of the opened file: the name may stand for another one in a moment.
        if (handle === undefined || !isOurs(await handle.stat({ bigint: true }))) return;
        for (const text of pieces(lines)) await handle.appendFile(text);
        known = await handle.stat({ bigint: true });
      } finally {
        await handle?.close();
      }
    },
  };
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

function* pieces(lines: readonly string[]): Generator<string> {
  let text = '';
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line);
    if (text !== '' && bytes + size > MOST_AT_ONCE) {
      yield text;
      [text, bytes] = ['', 0];
    }
    text += line;
    bytes += size;
  }
  if (text !== '') yield text;
}
