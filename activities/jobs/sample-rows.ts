import { rangeOfSum, type Range } from '../../common/estimate';
import { rowUsd, type RowStatus } from '../../common/job';
import { readOutcome, resultOf } from '../../storage/jobs';
import type { ActivityDeps } from '../deps';

export interface SampleRowsInput {
  readonly folder: string;
  /** Rows 1 to this one are the sample. */
  readonly last: number;
  /** Rows that this start of the job has to do, the sample among them. */
  readonly rows: number;
}

/** What became of a sample. */
export interface Sample {
  readonly rows: readonly SampleRow[];
  /** What all rows will have cost, in dollars, by what those of the sample have; null when none of them says. */
  readonly allUsd: Range | null;
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
/** More tell no more. */
const COUNTED_ROWS = 1_000;
const SHOWN_CHARACTERS = 400;
const SHOWN_ITEMS = 10;

/** What became of the first rows, short enough to be read, and what that says of all. */
export async function sampleRows({ store }: ActivityDeps, { folder, last, rows }: SampleRowsInput): Promise<Sample> {
  const shown: SampleRow[] = [];
  const costs: number[] = [];
  for (let number = 1; number <= Math.min(last, COUNTED_ROWS); number += 1) {
    const outcome = await readOutcome(store, folder, number);
    if (outcome === undefined) continue;
    const { row, key, status, reason } = outcome;
    const costUsd = rowUsd(outcome);
    costs.push(costUsd);
    if (number > SHOWN_ROWS) continue;
    const value = status === 'done' ? shortened(await resultOf(store, outcome)) : undefined;
    shown.push({ row, key, status, costUsd, ...(value !== undefined && { result: value }), ...(reason !== null && { reason }) });
  }
  return { rows: shown, allUsd: costs.length === 0 ? null : rangeOfSum(costs, { rows }) };
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)} …` : value;
  if (Array.isArray(value)) return value.slice(0, SHOWN_ITEMS).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shortened(field)]));
}
