import { stripVTControlCharacters } from 'node:util';

import { z } from 'zod';

import { ROW_STATUSES } from '../../common/job';
import { shorten } from '../shorten';
import { tokens, usd } from './amounts';
import { renderColumns } from './columns';
import type { Colors } from './output';
import { wrapText } from './wrap-text';

/** What the gate of a job's sample proposes, as far as it is shown here. */
const sampleSchema = z.object({
  done: z.number(),
  failed: z.number(),
  waiting: z.number(),
  'dollars a row': z.number().nullable(),
  'dollars in all': z.number().nullable(),
  'dollars at least': z.number().optional(),
  'dollars at most': z.number().optional(),
  'others times as long': z.number().optional(),
  rows: z.array(
    z.object({
      row: z.number(),
      key: z.string(),
      status: z.enum(ROW_STATUSES),
      costUsd: z.number(),
      result: z.unknown(),
      reason: z.string().optional(),
    }),
  ),
});
type Sample = z.infer<typeof sampleSchema>;

interface SampleView {
  /** Columns that a line may have. */
  readonly within: number;
  readonly colors: Colors;
}

const LONGEST_KEY = 24;
const LEAST_WORDS = 20;
const GAP = 2;

/** The rows of a job's sample, a line each, and what they say of all; undefined for a proposal of another kind. */
export function renderSample(proposal: unknown, { within, colors }: SampleView): string | undefined {
  const parsed = sampleSchema.safeParse(proposal);
  if (!parsed.success) return undefined;
  const { rows } = parsed.data;
  const cells = rows.map(({ key, costUsd }) => [shorten(key, LONGEST_KEY), usd(costUsd)] as const);
  const widthOf = (title: string, texts: readonly string[]): number =>
    Math.max(title.length, ...texts.map((text) => Array.from(text).length));
  const key = widthOf(
    'row',
    cells.map(([name]) => name),
  );
  const cost = widthOf(
    'cost',
    cells.map(([, amount]) => amount),
  );
  const words = Math.max(LEAST_WORDS, within - key - cost - 3 * GAP);
  const columns = [
    { title: 'row', width: key },
    { title: 'cost', width: cost, align: 'right' },
    { title: 'result', width: words },
  ] as const;
  const lines = rows.map((row, at) => [...(cells[at] ?? []), wordsOf(row, words)]);
  const totals = [totalsOf(parsed.data), ...unlike(parsed.data)].map((text) => wrapText(text, within));
  return `${renderColumns(columns, lines, { bold: colors.dim })}\n\n${totals.join('\n')}`;
}

/** The beginning of what a row has brought, or why it has not. */
function wordsOf({ status, reason, result }: Sample['rows'][number], characters: number): string {
  const text =
    status === 'done' ? (firstText(result) ?? JSON.stringify(result ?? null)) : `${status}: ${reason ?? 'no reason was recorded'}`;
  return shorten(stripVTControlCharacters(text), characters);
}

/** The first text of several words: a status or a name says nothing of a result. */
function firstText(value: unknown): string | undefined {
  if (typeof value === 'string') return /\S\s+\S/.test(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const field of Object.values(value)) {
    const text = firstText(field);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Between this and as many times as long, the sample speaks for the others. */
const HALF = 0.5;

/** That the others are not like the sample, if so. */
function unlike({ waiting, 'others times as long': times = 1 }: Sample): string[] {
  if (times > HALF && times < 1 / HALF) return [];
  const rest = waiting === 1 ? 'The other row is' : `The other ${tokens(waiting)} rows are`;
  return [`${rest} ${times} times as long as these: "npx troupe estimate" rehearses some of every length`];
}

function totalsOf({ rows, done, failed, waiting, ...dollars }: Sample): string {
  const { 'dollars a row': row, 'dollars in all': all, 'dollars at least': least, 'dollars at most': most } = dollars;
  const shown = rows.length < done + failed ? [`the first ${rows.length} are shown`] : [];
  const counts = [`${tokens(done)} done`, `${tokens(failed)} failed`, `${tokens(waiting)} to do`, ...shown].join(' · ');
  if (row === null || all === null) return counts;
  const range = least === undefined || most === undefined ? '' : ` (${usd(least)} to ${usd(most)})`;
  return `${counts}\nabout ${usd(row)} a row, ${usd(all)} in all${range}`;
}
