import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

/** Data goes to stdout, talk goes to stderr: `troupe … | jq` and `troupe … > file` get the data alone. */
interface Terminal {
  readonly stream: NodeJS.WriteStream;
  readonly isTerminal: boolean;
  /** Columns; 80 when there is no terminal. */
  readonly width: () => number;
  /** Limit for tables: what a terminal shows, and none for a pipe or a file. */
  readonly within: () => { within?: number };
  readonly colors: Colors;
}

function terminal(stream: NodeJS.WriteStream): Terminal {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const isTerminal = stream.isTTY === true;
  const wanted = (FORCE_COLOR ?? '') !== '' && FORCE_COLOR !== '0';
  const colored = (NO_COLOR ?? '') === '' && (wanted || (isTerminal && TERM !== 'dumb'));
  const width = (): number => stream.columns ?? 80;
  return { stream, isTerminal, width, within: () => (isTerminal ? { within: width() } : {}), colors: pc.createColors(colored) };
}

export const out = terminal(process.stdout);
export const err = terminal(process.stderr);

/** One piece of data. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

type Talk = (text: string) => void;

const toStderr: Talk = (text) => void process.stderr.write(`${text}\n`);
let talk = toStderr;

/** One line of talk. */
export function say(text: string): void {
  talk(text);
}

/** Lets somebody else write the talk, who knows where on the screen it belongs. @returns what ends that */
export function talkThrough(other: Talk): () => void {
  talk = other;
  return () => {
    talk = toStderr;
  };
}

/** The one JSON object that a command answers with. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, out.isTerminal ? 2 : 0));
}
