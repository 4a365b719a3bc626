/** Stands for a value that is too large for Temporal's history. */
export interface LargeOutput {
  /** Store key of the whole value, as JSON. */
  readonly ref: string;
  /** The beginning of its JSON, at most 1000 characters. */
  readonly preview: string;
}

/** An agent's larger output does not travel through Temporal. */
export const MAX_OUTPUT_BYTES = 256 * 1_024;
/** A run's larger result does not either. Characters of JSON, the limit of an event being 2 MiB. */
export const MAX_RESULT_CHARACTERS = 1_024 * 1_024;

/** Whether a value is the stand-in of a large one, and nothing else. */
export function isLargeOutput(value: unknown): value is LargeOutput {
  if (typeof value !== 'object' || value === null) return false;
  const { ref, preview, ...rest } = value as Record<string, unknown>; // any object has string keys
  return typeof ref === 'string' && ref.startsWith('blobs/') && typeof preview === 'string' && Object.keys(rest).length === 0;
}
