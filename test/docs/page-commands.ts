/** A command line as a page shows it, continuation lines joined. */
export interface PageCommand {
  readonly line: string;
  /** Of a code block: to be run in the page's order. Those within a sentence or a table stand for themselves. */
  readonly inBlock: boolean;
}

interface Block {
  readonly language: string;
  /** The line of text before it. */
  readonly lead: string;
  readonly body: string;
}

const COMMAND = /^(?:[A-Z_]+=\S* )*(?:npm ci && )?(?:npx troupe|troupe|npm start --|temporal workflow) /;
/** What a reader has to fill in, other than the ID of a run. */
const BLANK = /…|<|\.\.\.|\bFILE\b|\bX\b|\bNAME\b|\bYOUR_/;

/** A command spoken of, without what it needs. */
const MENTION = /^(?:npx )?troupe \S+$/;

/** Every `troupe …` and `temporal workflow …` of a page's code blocks, then those within its text that leave nothing to fill in. */
export function commandsOf(page: string): PageCommand[] {
  const shells = blocksOf(page).filter(({ language }) => ['', 'sh', 'bash', 'console'].includes(language));
  const inBlocks = shells.flatMap(({ body }) => body.replaceAll(/\\\n\s*/g, '').split('\n'));
  const inText = [...page.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [
    ...inBlocks.filter((line) => COMMAND.test(line)).map((line) => ({ line, inBlock: true })),
    ...inText.filter((line) => COMMAND.test(line) && !BLANK.test(line) && !MENTION.test(line)).map((line) => ({ line, inBlock: false })),
  ];
}

/** Files that a page tells its reader to write: a code block whose leading line ends with the file's name, as in "`rows.csv`:". */
export function filesOf(page: string): ReadonlyMap<string, string> {
  return new Map(
    blocksOf(page).flatMap(({ lead, body }) => {
      const name = /`([\w./-]+\.\w+)`[^`]*:$/.exec(lead)?.[1];
      return name === undefined ? [] : [[name, body] as const];
    }),
  );
}

/** The code blocks of a page in order. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/(?:^|\n)([^\n]*)\n*\n```(\w*)\n([^]*?)^```$/gm)].map(([, lead = '', language = '', body = '']) => ({
    lead: lead.trim(),
    language,
    body,
  }));
}

/** The words of a simple command line, without what quotes and comments hide from the shell. */
export function wordsOf(line: string): string[] {
  const bare = line.replace(/\s#[^'"]*$/, '');
  return [...bare.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => single ?? double ?? plain ?? '');
}
