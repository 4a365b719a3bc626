import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';

/** Writes a file in one step: a reader sees the old file or the whole new one. Returned is which file it is, and how large. */
export async function replaceFile(file: string, text: string | AsyncIterable<string>): Promise<{ ino: number; size: number }> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text);
    const { ino, size } = await stat(temporary);
    await rename(temporary, file);
    return { ino, size };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
