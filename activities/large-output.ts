import { MAX_OUTPUT_BYTES, type LargeOutput } from '../common/large-output';
import { putBlob } from '../storage/blobs';
import type { Store } from '../storage/store';

const PREVIEW_LENGTH = 1_000;

/** The output itself when its JSON has at most `MAX_OUTPUT_BYTES`, else its place in the store. */
export async function fitOutput(store: Store, output: unknown): Promise<unknown> {
  return Buffer.byteLength(JSON.stringify(output) ?? 'null') <= MAX_OUTPUT_BYTES ? output : keepLarge(store, output);
}

/** Puts a value into the store, whatever its size. */
export async function keepLarge(store: Store, value: unknown): Promise<LargeOutput> {
  return { ref: await putBlob(store, value), preview: JSON.stringify(value).slice(0, PREVIEW_LENGTH) };
}
