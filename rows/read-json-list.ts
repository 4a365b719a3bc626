import { JSONParser, TokenType } from '@streamparser/json';

import { TroupeError } from '../common/troupe-error';
import { openText } from './open-text';
import { checked, fieldsOf } from './read-json-lines';
import type { FileRow } from './read-rows';
import { cannotRead, inMiB } from './row-limits';

/** Where the answer of an OData service has its list, and where it says that there is more. */
const LIST = 'value';
const NEXT_PAGE = '@odata.nextLink';

/** A list of objects, or an object that has one as `value`, read object by object. @param longest Characters of an object; a longer one is refused. */
export async function* readJsonList(file: string, longest: number): AsyncGenerator<FileRow> {
  const list = new ListParser(file);
  try {
    for await (const piece of openText(file)) {
      for (const text of piece.split(/(?<=\n)/)) list.write(text);
      if (list.pending > longest)
        throw cannotRead(file, `what begins on line ${list.begun} is longer than ${inMiB(longest)}`, 'make it a list of smaller objects');
      yield* list.take().map((row) => checked(file, row));
    }
    if (!list.end()) throw cannotRead(file, `it breaks off on line ${list.line}`, 'save it whole');
  } catch (error) {
    if (error instanceof TroupeError) throw error;
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
    throw cannotRead(file, `it is not valid JSON on line ${list.line} (${why})`, 'correct it, or name it .jsonl if each line is an object');
  }
  if (!list.found) throw cannotRead(file, `it holds no list, and no object with one as "${LIST}"`, 'save the rows as a list');
}

const OPENING: readonly TokenType[] = [TokenType.LEFT_BRACE, TokenType.LEFT_BRACKET];
const CLOSING: readonly TokenType[] = [TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET];

/** Far more than any answer has; each level takes much more memory than its bracket. */
const DEEPEST = 100;

/** Keeps of the text only the object that is being read. */
class ListParser {
  /** Line that is being read. */
  line = 1;
  /** Line on which the object that is being read begins. */
  begun = 1;
  /** Characters since the last one was whole. */
  pending = 0;
  /** Whether there is a list. */
  found = false;
  private rows: FileRow[] = [];
  private depth = 0;
  /** Depth of the list: 1 when it is bare, 2 in an answer. */
  private within = 0;
  // Without a buffer for numbers, each digit would be kept as a text of its own.
  private readonly parser = new JSONParser({ paths: ['$.*', `$.${LIST}.*`], keepStack: false, numberBufferSize: 1_024 });

  constructor(private readonly file: string) {
    // Called before the value that the token completes is handed over.
    this.parser.onToken = ({ token }) => this.note(token);
    this.parser.onValue = ({ value, key, parent }) => this.keep(value, { key, inList: Array.isArray(parent) });
  }

  /** @param text Up to the end of one line. */
  write(text: string): void {
    this.pending += text.length;
    // White space may follow what is whole.
    if (!this.parser.isEnded || text.trim() !== '') this.parser.write(text);
    if (text.endsWith('\n')) this.line += 1;
  }

  /** Whether the text is whole. */
  end(): boolean {
    try {
      if (!this.parser.isEnded) this.parser.end();
      return true;
    } catch {
      return false;
    }
  }

  /** The rows that have become whole since the last time. */
  take(): FileRow[] {
    const taken = this.rows;
    this.rows = [];
    return taken;
  }

  private note(token: TokenType): void {
    if (this.within === 0) {
      this.found = token === TokenType.LEFT_BRACKET;
      this.within = this.found ? 1 : 2;
    }
    if (OPENING.includes(token)) {
      if (this.depth === this.within) this.begun = this.line;
      this.depth += 1;
      if (this.depth > DEEPEST)
        throw cannotRead(this.file, `what begins on line ${this.begun} is nested more than ${DEEPEST} deep`, 'make it flatter');
    } else if (CLOSING.includes(token)) this.depth -= 1;
  }

  private keep(value: unknown, { key, inList }: { key: string | number | undefined; inList: boolean }): void {
    this.pending = 0;
    if (inList && this.depth === this.within) {
      this.found = true;
      this.rows.push({ line: typeof value === 'object' && value !== null ? this.begun : this.line, ...fieldsOf(value) });
    } else if (this.depth === 1 && key === LIST && Array.isArray(value)) this.found = true;
    else if (this.depth === 1 && key === NEXT_PAGE && typeof value === 'string')
      this.rows.push({ line: this.line, problem: `the list goes on at "${NEXT_PAGE}": put all pages into the file` });
  }
}
