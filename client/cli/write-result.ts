import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
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
  await access(folder, constants.W_OK).catch((error: unknown) => {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw cannot(file, missing ? `there is no folder "${folder}"` : `the folder "${folder}" cannot be written`, { ...given, cause: error });
  });
}

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
