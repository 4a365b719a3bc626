import { open, stat } from 'node:fs/promises';

import { TroupeError } from '../common/troupe-error';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'permission denied',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
};

/** How files begin that are named as if they were text, in hexadecimal. */
const OTHER_KINDS: ReadonlyArray<readonly [begins: RegExp, is: string, cure: string]> = [
  [/^(?:fffe|feff|00(?!00)|(?!00)..00)/, 'it is UTF-16', 'save it as UTF-8'],
  [/^504b0[35]/, 'it is a workbook or another zip file', 'save its rows as CSV (UTF-8)'],
  [/^d0cf11e0/, 'it is a workbook of an old kind', 'save its rows as CSV (UTF-8)'],
  [/^(?:1f8b|425a68|28b52ffd)/, 'it is compressed', 'unpack it'],
  [/^25504446/, 'it is a PDF', 'save its rows as CSV (UTF-8)'],
];

/**
 * The text of a file, piece by piece.
 * @throws TroupeError `invalid-input` when it cannot be read twice, as jobs do, or is not UTF-8; at the first piece at the earliest
 */
export async function* openText(file: string): AsyncGenerator<string> {
  await checkKind(file);
  const handle = await open(file).catch((error: unknown) => refuse(file, reasonOf(error), 'check the path'));
  try {
    let begun = false;
    const decoded = decoderOf(file);
    for await (const piece of handle.createReadStream({ autoClose: false })) {
      const bytes = piece as Buffer; // no encoding is set
      if (!begun) refuseOtherKind(file, bytes);
      begun = true;
      yield decoded(bytes);
    }
    yield decoded();
  } finally {
    await handle.close();
  }
}

/** Piece by piece, then once without one. */
function decoderOf(file: string): (bytes?: Buffer) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true }); // takes a BOM away
  return (bytes) => {
    if (bytes?.includes(0) === true) refuse(file, 'it is no text: it has a character with the code 0', 'save it as UTF-8 text');
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      return refuse(file, 'it is not UTF-8', 'save it as UTF-8');
    }
  };
}

function refuseOtherKind(file: string, bytes: Buffer): void {
  const head = bytes.toString('hex', 0, 4);
  const [, is, cure] = OTHER_KINDS.find(([begins]) => begins.test(head)) ?? [];
  if (is !== undefined && cure !== undefined) refuse(file, is, cure);
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
