import { putBlob } from '../storage/blobs';
import type { Store } from '../storage/store';

/** A larger result does not travel through Temporal. */
export const MAX_OUTPUT_BYTES = 256 * 1_024;
const PREVIEW_LENGTH = 1_000;

/** Stands for a result that is too large for Temporal's history. */
export interface LargeOutput {
  /** Store key of the whole result, as JSON. */
  readonly ref: string;
  /** The beginning of its JSON, at most 1000 characters. */
  readonly preview: string;
}

/** The output itself when its JSON has at most `MAX_OUTPUT_BYTES`, else its place in the store. */
export async function fitOutput(store: Store, output: unknown): Promise<unknown> {
  const json = JSON.stringify(output) ?? 'null';
  if (Buffer.byteLength(json) <= MAX_OUTPUT_BYTES) return output;
  const large: LargeOutput = { ref: await putBlob(store, output), preview: json.slice(0, PREVIEW_LENGTH) };
  return large;
}
