import { openFileStore } from './file-store';
import type { Store } from './store';

/**
 * Opens the store at a place.
 * @param location A folder, absolute or relative to the working directory, or `s3://bucket/prefix`.
 * @throws Error `Cannot open store …` for any other address and for a place that cannot be used.
 */
export async function openStore(location: string): Promise<Store> {
  if (location.startsWith('s3://')) {
    // Only who uses it waits for the client of S3 to load.
    const { openS3Store } = require('./s3-store') as typeof import('./s3-store');
    return openS3Store(location);
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) {
    throw new Error(`Cannot open store "${location}": only folders and s3:// addresses are supported; use one of these`);
  }
  return openFileStore(location);
}
