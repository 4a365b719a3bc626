import { goodRows, type RowsOptions } from './check-rows';

/** Some rows of a file, in the order in which they tell most of all of them. */
export interface PickedRows {
  /** Rows of the file that fit. */
  readonly rows: number;
  readonly inputs: readonly unknown[];
  /** Of every row that fits, as `sizeOf` counts, in the order of the file. */
  readonly sizes: readonly number[];
}

/** Bytes of an input as JSON. */
export const sizeOf = (input: unknown): number => Buffer.byteLength(JSON.stringify(input ?? null));

/**
 * Picks rows of different sizes: the file is read twice and never kept. Sorted by size and cut into equal parts, each part gives its middle row;
 * whoever takes only the first few of them has rows from all over, too.
 * @throws TroupeError `invalid-input`
 */
export async function pickRows(options: RowsOptions, most: number): Promise<PickedRows> {
  const sizes: number[] = [];
  for await (const { input } of goodRows(options)) sizes.push(sizeOf(input));
  const wanted = new Map(pickBySize(sizes, most).map((row, rank) => [row, rank]));
  const inputs: unknown[] = [];
  let at = 0;
  for await (const { input } of goodRows(options)) {
    const rank = wanted.get(at);
    if (rank !== undefined) inputs[rank] = input;
    at += 1;
  }
  return { rows: sizes.length, inputs, sizes };
}

/** Places of the rows to pick. */
export function pickBySize(sizes: readonly number[], most: number): number[] {
  const bySize = sizes.map((_, at) => at).sort((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0) || a - b);
  const parts = Math.min(most, sizes.length);
  const middles = Array.from({ length: parts }, (_, part) => bySize[Math.floor(((part + 0.5) * sizes.length) / parts)] ?? 0);
  return spreadOut(parts).map((part) => middles[part] ?? 0);
}

/** 0 to `count - 1` so that every beginning of it is spread over the whole: the middle, the quarters, the eighths. */
function spreadOut(count: number): number[] {
  const order: number[] = [];
  for (let parts = 2; order.length < count; parts *= 2) {
    for (let part = 1; part < parts; part += 2) {
      const at = Math.floor((part * count) / parts);
      if (!order.includes(at)) order.push(at);
    }
  }
  return order;
}
