/** Stands for a value that is too large for Temporal's history. */
export interface LargeOutput {
  /** Store key of the whole value, as JSON. */
  readonly ref: string;
  /** The beginning of its JSON, at most 1000 characters. */
  readonly preview: string;
}

/** An agent's larger output does not travel through Temporal. */
export const MAX_OUTPUT_BYTES = 256 * 1_024;
/** A run's larger result does not either; Temporal's own limit is twice that. */
export const MAX_RESULT_BYTES = 1_024 * 1_024;

/** Whether a value is the stand-in of a large one, and nothing else. */
export function isLargeOutput(value: unknown): value is LargeOutput {
  if (typeof value !== 'object' || value === null) return false;
  const { ref, preview, ...rest } = value as Record<string, unknown>; // any object has string keys
  return typeof ref === 'string' && ref.startsWith('blobs/') && typeof preview === 'string' && Object.keys(rest).length === 0;
}

/** Whether the UTF-8 form of a text has more than `limit` bytes. Counted by hand: the sandbox of workflows has no Buffer. */
export function isLongerThan(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes > limit;
}
