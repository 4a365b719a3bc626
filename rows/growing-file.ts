import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import { replaceFile } from './replace-file';

/** `gone`: not begun, or deleted. `other`: somebody has replaced or changed it. */
export type FileState = 'ours' | 'gone' | 'other';

/** A file that whole lines are appended to, and that somebody else may replace, change or delete meanwhile. */
export interface GrowingFile {
  /** Puts a new file in the place of what is there, in one step. */
  begin(lines: AsyncIterable<string>): Promise<void>;
  /** Appends to what was begun. No line is taken unless that is what is there still. */
  append(lines: AsyncIterable<string>): Promise<FileState>;
}

export function growingFile(file: string): GrowingFile {
  let ours: { readonly ino: number; readonly size: number } | undefined;

  const opened = async (): Promise<FileHandle | undefined> => {
    try {
      return await open(file, constants.O_WRONLY | constants.O_APPEND);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // of node:fs
      throw error;
    }
  };

  return {
    begin: async (lines) => {
      ours = await replaceFile(file, pieces(lines));
    },
    append: async (lines) => {
      // Whoever replaces the file from here on is not disturbed: the handle stays with what was opened.
      const handle = ours && (await opened());
      if (handle === undefined) return 'gone';
      try {
        const { ino, size } = await handle.stat();
        if (ino !== ours?.ino || size !== ours.size) return 'other';
        try {
          for await (const piece of pieces(lines)) await handle.appendFile(piece);
        } catch (error) {
          // What is not whole goes away again. Whoever goes on has to begin anew: lines have been taken that are nowhere.
          ours = undefined;
          await handle.truncate(size);
          throw error;
        }
        ours = { ino, size: (await handle.stat()).size };
        return 'ours';
      } finally {
        await handle.close();
      }
    },
  };
}

/** Node writes more than this in several steps, and a kill between two of them would cut a row. */
const MOST_AT_ONCE = 500 * 1_024;

/** Lines put together, so that few are written at a time and little is in memory. */
async function* pieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let text = '';
  let bytes = 0;
  for await (const line of lines) {
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
