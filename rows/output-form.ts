import { stringify } from 'csv-stringify/sync';

import type { GivenRow } from '../common/job';
import { harmless } from './harmless';
import { remarksOf } from './reso';
import { resultColumns, type RowResult } from './result-columns';
import { openFindings, productLines } from './shopify/product-lines';

/** How rows stand in an output file. */
export interface OutputForm {
  /** What the file begins with. */
  readonly head: string;
  /** Whole lines. */
  text(row: RowResult): string;
  /** What a person should look at before the row is used, line by line; absent where rows say so themselves. */
  remarks?(row: RowResult): string[][];
}

/** The form for rows like the first one: those of an export come out as it was. */
export function outputForm(pipeline: string, first: GivenRow | undefined, format: 'csv' | 'jsonl'): OutputForm {
  if (format === 'jsonl') return { head: '', text: (row) => `${JSON.stringify(jsonOf(row))}\n` };
  if (first?.origin?.format === 'shopify') return exportForm(first.origin.columns);
  const columns = resultColumns(pipeline, first?.columns ?? Object.keys(first?.cells ?? {}));
  return { head: stringify([columns.header]), text: (row) => stringify([columns.cells(row)]) };
}

function exportForm(columns: readonly string[]): OutputForm {
  return {
    head: stringify([columns]),
    text: ({ given: { origin }, outcome: { simulated }, result }) =>
      origin?.format === 'shopify' ? stringify(productLines({ origin, result, simulated })) : '',
    remarks: ({ given: { key }, result }) =>
      openFindings(result).map(({ place, phrase, rule }) => [key, place, harmless(phrase), harmless(rule)]),
  };
}

function jsonOf({ given: { input, origin }, outcome, result, costUsd }: RowResult) {
  const { row, key, degraded, simulated } = outcome;
  const reso = origin?.format === 'reso' ? remarksOf(origin, { result, simulated }) : undefined;
  return {
    row,
    key,
    input,
    result,
    costUsd,
    simulated,
    ...(degraded.length > 0 && { degraded }),
    ...(reso !== undefined && { reso }),
  };
}
