import { openText } from './open-text';
import type { FileRow } from './read-rows';
import { cannotRead, LONGEST_ROW, LONGEST_ROW_MIB } from './row-limits';

/** One object a line. */
export async function* readJsonLines(file: string): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    const json = text.trim();
    if (json !== '') yield { line, ...parseLine(json) };
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  let line = 1;
  for await (const piece of openText(file)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    line += lines.length;
    if (rest.length > LONGEST_ROW)
      throw cannotRead(file, `line ${line} is longer than ${LONGEST_ROW_MIB} MiB`, 'put one object on each line');
  }
  if (rest !== '') yield rest;
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
