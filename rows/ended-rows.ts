import { rowUsd } from '../common/job';
import { readManifest, readOutcome, readRow, resultOf, rowsWithOutcome } from '../storage/jobs';
import type { Store } from '../storage/store';
import type { RowResult } from './result-columns';

/** Where a job's rows and what became of them are in the store. */
export interface JobPlaces {
  readonly manifest: string;
  readonly folder: string;
}

export interface EndedRows {
  /** In the order of the file. `result` is null for a row that is not done. */
  readonly rows: readonly RowResult[];
  /** Rows that have ended and are not among them. */
  readonly more: number;
}

/** The first rows of a job that have ended, at most `most` of them, with all that the store has of each. */
export async function endedRows(store: Store, { manifest, folder }: JobPlaces, most: number): Promise<EndedRows> {
  const known = await readManifest(store, manifest);
  const ended = await rowsWithOutcome(store, folder);
  const rows: RowResult[] = [];
  for (const row of ended.slice(0, most)) {
    const outcome = await readOutcome(store, folder, row);
    const given = await readRow(store, known, row);
    if (outcome === undefined || given === undefined) continue; // it has been started again, or is none of these rows
    const result = await resultOf(store, outcome);
    rows.push({ given, outcome, result, costUsd: rowUsd(outcome) });
  }
  return { rows, more: Math.max(0, ended.length - most) };
}
