import { CURRENCY_BEFORE, CURRENCY_BEHIND, mayBeSameCurrency } from './currency-signs';

/** A figure in a text. */
export interface Figure {
  /** As it is written, with its currency or percent sign. */
  readonly text: string;
  readonly kind: FigureKind;
  /** NaN when the words do not say which number it is. */
  readonly value: number;
  /** Of an amount, as it is written: a sign, a word or a code. */
  readonly currency?: string;
  /** Where it begins, in characters. */
  readonly at: number;
}

export type FigureKind = 'money' | 'percent' | 'number';

/** A figure that may be stated, and where it comes from. */
export interface FigureSource {
  readonly kind: FigureKind;
  readonly value: number;
  /** Of an amount, in any spelling. @default any currency */
  readonly currency?: string | undefined;
  /** For the result, e.g. `catalog kettle-2: price`. */
  readonly source: string;
}

export interface TracedFigures {
  readonly traced: ReadonlyArray<{ readonly figure: string; readonly source: string }>;
  /** Figures that come from nowhere, each once. */
  readonly untraced: readonly string[];
}

const PERCENT = '(?:%|(?:percent|per cent)\\b)';
const DIGITS = '\\d+(?:[.,]\\d+)*';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const WORD = `\\b(?:(?:${TENS})(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|(?:a |one )?(?:hundred|thousand|million))\\b`;

const IN_DIGITS = new RegExp(`(${CURRENCY_BEFORE})?\\s?(?<![\\d.,])(${DIGITS})(?:\\s?(${CURRENCY_BEHIND})|\\s?(${PERCENT}))?`, 'giu');
/** Numbers in words count where money or a share is meant; "two of them" is no figure. */
const IN_WORDS = new RegExp(`(${WORD})[ -](?:(${CURRENCY_BEHIND})|(${PERCENT}))`, 'giu');
const HALF = /\bhalf (?:the )?(?:price|off)\b|\bhalf-price\b/giu;

/** Every figure of a text, in reading order. The numbers of a numbered list are none. */
export function figuresIn(text: string): Figure[] {
  const found = [...digitFigures(text), ...wordFigures(text)];
  for (const match of text.matchAll(HALF)) found.push({ text: match[0], kind: 'percent', value: 50, at: match.index });
  return found.sort((a, b) => a.at - b.at);
}

function digitFigures(text: string): Figure[] {
  const listed = new Set([...text.matchAll(/^[ \t]*(\d+)[.)](?=\s)/gm)].map((match) => match.index + match[0].search(/\d/)));
  return [...text.matchAll(IN_DIGITS)].flatMap((match) => {
    const [whole, before, digits = '', after, percent] = match;
    const written = whole.trim();
    const at = match.index + whole.indexOf(written);
    if (listed.has(at)) return [];
    const currency = before ?? after;
    const kind = currency !== undefined ? 'money' : percent === undefined ? 'number' : 'percent';
    return [{ text: written, kind, value: numberOf(digits), ...(currency !== undefined && { currency }), at } as const];
  });
}

function wordFigures(text: string): Figure[] {
  return [...text.matchAll(IN_WORDS)].map((match) => {
    const [whole, words = '', currency] = match;
    const figure = { text: whole, value: wordNumber(words), at: match.index };
    return currency === undefined ? { ...figure, kind: 'percent' } : { ...figure, kind: 'money', currency };
  });
}

/** `1,299.00`, `1.299,00`, `12,50` and `1299` as numbers: the last mark is the decimal one unless three digits follow a comma. */
export function numberOf(written: string): number {
  const last = Math.max(written.lastIndexOf(','), written.lastIndexOf('.'));
  if (last === -1) return Number(written);
  const mark = written.charAt(last);
  const marks = written.split(mark).length - 1;
  const other = written.includes(mark === ',' ? '.' : ',');
  const grouping = marks > 1 || (mark === ',' && !other && written.length - last === 4);
  const whole = written.slice(0, grouping ? undefined : last).replace(/[.,]/g, '');
  return grouping ? Number(whole) : Number(`${whole}.${written.slice(last + 1)}`);
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );

function wordNumber(words: string): number {
  const [first = '', second = ''] = words.toLowerCase().split(/[ -]/);
  const small = SMALL.indexOf(first);
  if (small >= 0 && second === '') return small;
  const tens = TENS.split('|').indexOf(first);
  if (tens >= 0) return (tens + 2) * 10 + Math.max(0, SMALL.indexOf(second));
  const large = { hundred: 100, thousand: 1_000, million: 1_000_000 }[second === '' ? first : second];
  return large ?? Number.NaN;
}

/** Every figure in a text that the caller hands over counts as a source. */
export function sourcesIn(text: string, source: string): FigureSource[] {
  return figuresIn(text).map(({ kind, value, currency }) => ({ kind, value, currency, source }));
}

/**
 * Traces the figures of a text to their sources. Money needs money in the same currency, as far as both name one, and a share
 * needs a share; a bare number may be any of them.
 * @param names texts that are no figures although they hold digits, like product names and ids
 */
export function traceFigures(text: string, sources: readonly FigureSource[], names: readonly string[] = []): TracedFigures {
  const traced = new Map<string, string>();
  const untraced = new Set<string>();
  for (const figure of figuresIn(withoutNames(text, names))) {
    const source = sources.find(
      ({ kind, value, currency }) =>
        (figure.kind === 'number' || kind === figure.kind) && value === figure.value && mayBeSameCurrency(figure.currency, currency),
    );
    if (source === undefined) untraced.add(figure.text);
    else traced.set(figure.text, source.source);
  }
  return { traced: [...traced].map(([figure, source]) => ({ figure, source })), untraced: [...untraced] };
}

/** Names blanked out, longest first, each kept as long as it was so that places stay true. */
function withoutNames(text: string, names: readonly string[]): string {
  const known = names.filter((name) => /\d/.test(name)).sort((a, b) => b.length - a.length);
  return known.reduce((rest, name) => {
    const exact = new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu');
    return rest.replace(exact, (match) => '_'.repeat(match.length));
  }, text);
}
