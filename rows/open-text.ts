import { open, stat } from 'node:fs/promises';

import { TroupeError } from '../common/troupe-error';

const REASONS: Readonly<Record<string, string>> = { ENOENT: 'no such file', ENOTDIR: 'no such file', EACCES: 'permission denied' };

/**
 * The text of a file, piece by piece.
 * @throws TroupeError `invalid-input` when it cannot be read twice, as jobs do, or is not UTF-8; at the first piece at the earliest
 */
export async function* openText(file: string): AsyncGenerator<string> {
  await checkKind(file);
  const handle = await open(file).catch((error: unknown) => refuse(file, reasonOf(error), 'check the path'));
  const decoder = new TextDecoder('utf-8', { fatal: true }); // takes a BOM away
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      return refuse(file, 'it is not UTF-8', 'save it as UTF-8');
    }
  };
  try {
    for await (const bytes of handle.createReadStream({ autoClose: false })) yield decoded(bytes as Buffer); // no encoding is set
    yield decoded();
  } finally {
    await handle.close();
  }
}

/** Opening a pipe would wait for its writer, and what was read of it is gone. */
async function checkKind(file: string): Promise<void> {
  const known = await stat(file).catch((error: unknown) => refuse(file, reasonOf(error), 'check the path'));
  if (known.isDirectory()) refuse(file, 'it is a folder', 'name a file in it');
  if (!known.isFile()) refuse(file, 'it is a pipe or a device, and rows are read twice', 'save them into a file first');
}

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException; // of node:fs
  return REASONS[code] ?? message;
}

function refuse(file: string, why: string, cure: string): never {
  throw new TroupeError('invalid-input', `Cannot read input "${file}": ${why}; ${cure}`);
}
