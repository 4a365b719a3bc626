import { afterSample, priceOfMany, rangeOfSum, withLongerInput, type Range } from '../../common/estimate';
import { rowUsd, type RowOutcome, type RowStatus } from '../../common/job';
import type { LedgerLine } from '../../common/ledger';
import { toUsd } from '../../common/money';
import { ratesFor } from '../../common/price-list';
import { sizeOf } from '../../rows/pick-rows';
import { readForecast, readManifest, readOutcome, readPage, resultOf } from '../../storage/jobs';
import type { ActivityDeps } from '../deps';

export interface SampleRowsInput {
  readonly folder: string;
  /** Rows 1 to this one are the sample. */
  readonly last: number;
  /** Rows that this start of the job has to do, the sample among them. */
  readonly rows: number;
  /** Store key of the rows; absent in jobs of workers from before. */
  readonly manifest?: string;
}

/** What became of a sample. */
export interface Sample {
  readonly rows: readonly SampleRow[];
  /** What all rows will have cost, in dollars, by what those of the sample have; null when none of them says. */
  readonly allUsd: Range | null;
  /** How long the inputs of the other rows are against those of the sample, means in bytes; absent when nothing is known of them. */
  readonly othersAsLong?: number;
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
export async function sampleRows(deps: ActivityDeps, { folder, last, rows, manifest }: SampleRowsInput): Promise<Sample> {
  const { store } = deps;
  const shown: SampleRow[] = [];
  const outcomes: RowOutcome[] = [];
  for (let number = 1; number <= Math.min(last, COUNTED_ROWS); number += 1) {
    const outcome = await readOutcome(store, folder, number);
    if (outcome === undefined) continue;
    const { row, key, status, reason } = outcome;
    const costUsd = rowUsd(outcome);
    outcomes.push(outcome);
    if (number > SHOWN_ROWS) continue;
    const value = status === 'done' ? shortened(await resultOf(store, outcome)) : undefined;
    shown.push({ row, key, status, costUsd, ...(value !== undefined && { result: value }), ...(reason !== null && { reason }) });
  }
  if (outcomes.length === 0) return { rows: shown, allUsd: null };
  const sizes = manifest === undefined ? [] : await sizesOf(deps, manifest);
  const mean = meanOf(sizes);
  // A file may be sorted: its first rows are then shorter or longer than the others.
  const sized = outcomes.map((outcome) => rowUsd(outcome) + usdForLonger(outcome, mean - (sizes[outcome.row - 1] ?? mean)));
  const [own, others] = [meanOf(sizes.slice(0, last)), meanOf(sizes.slice(last))];
  const unsized = outcomes.map(rowUsd);
  const reckoned = rangeOfSum(sized, { rows, unsized });
  const forecast = await readForecast(store, folder);
  // It is of all rows: where an earlier start has done some, or of another sample, it tells nothing of these.
  const tells = forecast?.sample === outcomes.length && rows === sizes.length;
  return {
    rows: shown,
    allUsd: afterSample(
      unsized.reduce((sum, usd) => sum + usd, 0),
      reckoned,
      tells ? forecast : undefined,
    ),
    ...(own > 0 && others > 0 && { othersAsLong: others / own }),
  };
}

const meanOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);

/** Bytes of each row's input. */
async function sizesOf({ store }: ActivityDeps, manifest: string): Promise<number[]> {
  const sizes: number[] = [];
  for (const page of (await readManifest(store, manifest)).pages)
    for (const { input } of (await readPage(store, page)).rows) sizes.push(sizeOf(input));
  return sizes;
}

/** What a row would have cost more, or less, had its input been so many bytes longer. */
function usdForLonger({ ledger, endedAt }: RowOutcome, bytes: number): number {
  const pico = ledger.lines.reduce((sum, line) => sum + costForLonger(line, bytes, endedAt) - line.costPico, 0);
  return toUsd(Math.round(pico));
}

function costForLonger(line: LedgerLine, bytes: number, on: number): number {
  const rates = ratesFor(line.model, on);
  const listed = rates === null ? 0 : priceOfMany(line, rates, 1);
  // Compared with the list's, what it cost tells its lane, too.
  return rates === null || listed === 0 ? line.costPico : (line.costPico * priceOfMany(withLongerInput(line, bytes), rates, 1)) / listed;
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)} …` : value;
  if (Array.isArray(value)) return value.slice(0, SHOWN_ITEMS).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shortened(field)]));
}
