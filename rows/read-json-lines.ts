import { openText } from './open-text';
import type { FileRow } from './read-rows';
import { cannotRead, inMiB, MOST_COLUMNS, tooWide } from './row-limits';

/** One object a line. @param longest Characters of a line; a longer one is refused. */
export async function* readJsonLines(file: string, longest: number): AsyncGenerator<FileRow> {
  for await (const { line, json } of linesOf(file, longest)) yield checked(file, { line, ...parseLine(json) });
}

interface Line {
  /** From 1. */
  readonly line: number;
  readonly json: string;
}

/** The lines that are not empty. */
async function* linesOf(file: string, longest: number): AsyncGenerator<Line> {
  // Pieces of a line that has not ended, put together once.
  let open: string[] = [];
  let length = 0;
  let line = 1;
  for await (const piece of openText(file)) {
    const [first = '', ...lines] = piece.split('\n');
    open.push(first);
    length += first.length;
    const rest = lines.pop();
    if (rest !== undefined) {
      for (const text of [open.join(''), ...lines]) {
        const json = text.trim();
        if (json !== '') yield { line, json };
        line += 1;
      }
      open = [rest];
      length = rest.length;
    }
    if (length > longest) throw cannotRead(file, `line ${line} is longer than ${inMiB(longest)}`, 'put one object on each line');
  }
  const json = open.join('').trim();
  if (json !== '') yield { line, json };
}

function parseLine(json: string): Pick<FileRow, 'fields' | 'problem'> {
  try {
    return fieldsOf(JSON.parse(json));
  } catch (error) {
    return { problem: `not valid JSON (${error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error)})` };
  }
}

/** What a value of a JSON file says as a row. */
export function fieldsOf(value: unknown): Pick<FileRow, 'fields' | 'problem'> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'not a JSON object' };
  return { fields: value as Record<string, unknown> };
}

/** @throws TroupeError `invalid-input` for a row with more fields than any has */
export function checked(file: string, row: FileRow): FileRow {
  const { length } = Object.keys(row.fields ?? {});
  if (length > MOST_COLUMNS) throw tooWide(file, row.line, `${length} fields`);
  return row;
}
