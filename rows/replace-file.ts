import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';

/** Writes a file in one step: a reader sees the old file or the whole new one. @returns what the new one is known by */
export async function replaceFile(file: string, text: string | Iterable<string>): Promise<BigIntStats> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text);
    // Under its own name: the other one may be taken again at once.
    const written = await stat(temporary, { bigint: true });
    await rename(temporary, file);
    return written;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
