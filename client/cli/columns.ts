import { stripVTControlCharacters } from 'node:util';

import Table from 'cli-table3';

const PARTS = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'] as const;
const MORE_PARTS = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'] as const;
const NO_BORDERS = Object.fromEntries([...PARTS, ...MORE_PARTS].map((part) => [part, '']));

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Characters, gap not counted; longer text is cut with "…". @default as wide as its text */
  readonly width?: number;
}

export interface ColumnsOptions {
  /** Spaces after each column. @default 2 */
  readonly gap?: number;
  /** Makes titles stand out. */
  readonly bold?: (title: string) => string;
  /** Terminal columns; the last column's text is broken at words to stay within them. @default no limit */
  readonly within?: number;
}

const MIN_LAST = 20;

/** Room that is left for the last column. */
function lastWidth(columns: readonly Column[], rows: readonly (readonly string[])[], limits: { gap: number; within: number }): number {
  const widths = columns.slice(0, -1).map(({ title }, at) => {
    const cells = [title, ...rows.map((row) => row[at] ?? '')];
    return Math.max(...cells.map((cell) => Array.from(stripVTControlCharacters(cell)).length)) + limits.gap;
  });
  return Math.max(MIN_LAST, limits.within - widths.reduce((sum, width) => sum + width, 0));
}

/** Text in columns without borders. The library measures wide characters and cuts by what the terminal will show. */
export function renderColumns(columns: readonly Column[], rows: readonly (readonly string[])[], options: ColumnsOptions = {}): string {
  const { gap = 2, bold, within } = options;
  const last = within === undefined ? undefined : lastWidth(columns, rows, { gap, within });
  const titled = columns.some(({ title }) => title !== '');
  const table = new Table({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [], compact: true },
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: columns.map(({ width }, at) =>
      at === columns.length - 1 && last !== undefined ? last : width === undefined ? null : width + gap,
    ),
    wordWrap: last !== undefined,
    ...(titled ? { head: columns.map(({ title }) => bold?.(title) ?? title) } : {}),
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
