import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the handler in its package: which commit it was built from. */
export const BUILD_ID_FILE = 'build-id.txt';

/** What Temporal takes in one piece, and a shell without quotes. */
const FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Which build of the code this is: `TROUPE_BUILD_ID`, else what the package says, else a digest of the workflow bundle.
 * @param folder where the handler is
 * @throws Error `Cannot tell the build …`
 */
export function buildIdOf(given: string | undefined, folder: string, bundlePath: string): string {
  const id = given ?? baked(folder) ?? digestOf(bundlePath);
  if (FORM.test(id)) return id;
  throw new Error(
    `Cannot use the build id "${id}": it may have up to 64 letters, digits, dots, dashes and underscores; correct TROUPE_BUILD_ID`,
  );
}

function baked(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, BUILD_ID_FILE), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Of a folder of built code that nobody has named. */
export function digestOf(bundlePath: string): string {
  try {
    return `dev-${createHash('sha256').update(readFileSync(bundlePath)).digest('hex').slice(0, 10)}`;
  } catch (error) {
    throw new Error(`Cannot tell the build: "${bundlePath}" is missing; run "npm run build", or set TROUPE_BUILD_ID`, { cause: error });
  }
}
