import { openText } from './open-text';
import type { FileRow } from './read-rows';
import { cannotRead, inMiB, MOST_COLUMNS } from './row-limits';

/** One object a line. @param longest Characters of a line; a longer one is refused. */
export async function* readJsonLines(file: string, longest: number): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of linesOf(file, longest)) {
    line += 1;
    const json = text.trim();
    if (json !== '') yield { line, ...parseLine(json) };
  }
}

async function* linesOf(file: string, longest: number): AsyncGenerator<string> {
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
      yield open.join('');
      yield* lines;
      open = [rest];
      length = rest.length;
      line += lines.length + 1;
    }
    if (length > longest) throw cannotRead(file, `line ${line} is longer than ${inMiB(longest)}`, 'put one object on each line');
  }
  if (length > 0) yield open.join('');
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
  const count = Object.keys(value).length;
  if (count > MOST_COLUMNS) return { problem: `it has ${count} fields, and ${MOST_COLUMNS} are allowed` };
  return { fields: value as Record<string, unknown> };
}
