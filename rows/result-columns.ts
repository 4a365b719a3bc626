import { z } from 'zod';

import type { GivenRow, RowOutcome } from '../common/job';
import { pipelines, type PipelineName } from '../common/pipelines';
import { harmless } from './harmless';

/** A row that is done, with all that the output may say of it. */
export interface RowResult {
  readonly given: GivenRow;
  readonly outcome: RowOutcome;
  readonly result: unknown;
  readonly costUsd: number;
}

/** The columns of a CSV output: those of the input as they were, then one for each field of the result, then the cost and whether it is simulated. */
export interface ResultColumns {
  readonly header: readonly string[];
  cells(row: RowResult): string[];
}

/** @param given Columns of the input file; a field of the result with the same name becomes `result.<name>`. */
export function resultColumns(pipeline: string, given: readonly string[]): ResultColumns {
  const fields = fieldsOf(pipeline);
  const own = given.length > 0 ? given : ['key'];
  const taken = new Set(own);
  return {
    header: [...own, ...[...fields, 'costUsd', 'simulated'].map((name) => freeName(name, taken))],
    cells: ({ given: { key, cells }, outcome: { simulated }, result, costUsd }) => {
      const values = (typeof result === 'object' && result !== null ? result : {}) as Readonly<Record<string, unknown>>;
      return [
        ...own.map((name) => cells?.[name] ?? (name === 'key' ? key : '')),
        ...fields.map((name) => harmless(cellOf(values[name]))),
        String(costUsd),
        String(simulated),
      ];
    },
  };
}

/** With as many prefixes as it takes: the input may be the output of a job. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  while (taken.has(free)) free = `result.${free}`;
  taken.add(free);
  return free;
}

function fieldsOf(pipeline: string): string[] {
  const { result } = pipelines[pipeline as PipelineName]; // rows were checked against it
  const { properties = {} } = z.toJSONSchema(result, { unrepresentable: 'any' }) as { properties?: object };
  return Object.keys(properties);
}

/** Texts as they are, lists of texts line by line, anything else as JSON. */
function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('\n');
  return JSON.stringify(value);
}
