import { rowUsd, type RowStatus } from '../../common/job';
import { readOutcome, resultOf } from '../../storage/jobs';
import type { ActivityDeps } from '../deps';

export interface SampleRowsInput {
  readonly folder: string;
  /** Rows 1 to this one are the sample. */
  readonly last: number;
}

/** A row of the sample, for the person who decides. */
export interface SampleRow {
  readonly row: number;
  readonly key: string;
  readonly status: RowStatus;
  readonly costUsd: number;
  /** Longer texts are cut. */
  readonly result?: unknown;
  readonly reason?: string;
}

const SHOWN_ROWS = 20;
const SHOWN_CHARACTERS = 400;
const SHOWN_ITEMS = 10;

/** What became of the first rows, short enough to be read. */
export async function sampleRows({ store }: ActivityDeps, { folder, last }: SampleRowsInput): Promise<SampleRow[]> {
  const shown: SampleRow[] = [];
  for (let number = 1; number <= Math.min(last, SHOWN_ROWS); number += 1) {
    const outcome = await readOutcome(store, folder, number);
    if (outcome === undefined) continue;
    const { row, key, status, reason } = outcome;
    const value = status === 'done' ? shortened(await resultOf(store, outcome)) : undefined;
    const costUsd = rowUsd(outcome);
    shown.push({ row, key, status, costUsd, ...(value !== undefined && { result: value }), ...(reason !== null && { reason }) });
  }
  return shown;
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)} …` : value;
  if (Array.isArray(value)) return value.slice(0, SHOWN_ITEMS).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shortened(field)]));
}
