import { openFileStore } from './file-store';
import type { Store } from './store';

/**
 * Opens the store at a path.
 * @param location A folder, absolute or relative to the working directory.
 * @throws Error `Cannot open store …` for an s3:// address and for a folder that cannot be used.
 */
export async function openStore(location: string): Promise<Store> {
  if (location.startsWith('s3://')) {
    throw new Error(`Cannot open store "${location}": S3 stores are not available in this version; use a folder`);
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) {
    throw new Error(`Cannot open store "${location}": only folders are supported; use a path without a scheme`);
  }
  return openFileStore(location);
}
