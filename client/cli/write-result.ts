import { randomBytes } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';

import { replaceFile } from '../../rows/replace-file';
import { TroupeError } from '../../common/troupe-error';
import { renderMarkdown } from './render-result';
import { markSimulated } from './say-simulated';

const cannot = (
  file: string,
  why: string,
  { cause, flag = '--out' }: { readonly cause?: unknown; readonly flag?: string } = {},
): TroupeError => new TroupeError('invalid-input', `Cannot write "${file}": ${why}; choose another ${flag}`, { cause });

/** Refuses a file that could not be written, before anything is paid for. */
export async function checkOut(file: string, flag?: string): Promise<void> {
  const given = flag === undefined ? {} : { flag };
  if (file.trim() === '') throw cannot(file, 'the name is empty', given);
  const folder = dirname(file);
  const known = await stat(file).catch(() => undefined);
  if (known?.isDirectory() === true) throw cannot(file, 'it is a folder', given);
  if (known !== undefined && !known.isFile()) throw cannot(file, 'it is a pipe or a device', given);
  // The file is replaced by one that is written beside it.
  const trial = `${file}.${randomBytes(12).toString('hex')}.tmp`;
  try {
    await writeFile(trial, '\n', { flag: 'wx' });
  } catch (error) {
    throw cannot(file, WHY[(error as NodeJS.ErrnoException).code ?? '']?.(folder) ?? `nothing can be written in "${folder}"`, {
      ...given,
      cause: error,
    });
  } finally {
    await rm(trial, { force: true }).catch(() => undefined); // of a folder that is none
  }
}

const WHY: Readonly<Record<string, (folder: string) => string>> = {
  ENOENT: (folder) => `there is no folder "${folder}"`,
  ENOTDIR: (folder) => `there is no folder "${folder}"`,
  ENAMETOOLONG: () => 'the name is too long',
  ENOSPC: (folder) => `no space is left in "${folder}"`,
};

/** What a completed run has brought. */
export interface CompletedRun {
  readonly pipeline: string;
  readonly result: unknown;
  /** Whether the simulator wrote it; null when nobody knows. */
  readonly simulated: boolean | null;
}

/**
 * Writes Markdown to `.md`, marked when it is simulated, and the bare result as JSON to anything else; a reader sees the old file or
 * the whole new one.
 */
export async function writeResult(file: string, { pipeline, result, simulated }: CompletedRun): Promise<void> {
  const text = extname(file) === '.md' ? markSimulated(renderMarkdown(pipeline, result), simulated) : JSON.stringify(result, null, 2);
  try {
    await replaceFile(file, `${text}\n`);
  } catch (error) {
    throw cannot(file, error instanceof Error ? error.message : String(error), { cause: error });
  }
}
