/** Limits that stand in a description or a prompt, in words or as the SDK's schema helper writes them. */
export interface SpokenLimits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minWords?: number;
  readonly maxWords?: number;
  readonly sentences?: readonly [number, number];
  readonly paragraphs?: readonly [number, number];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly pattern?: string;
}

const NUMBER_WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const NUMBER = `(\\d[\\d,]*(?:\\.\\d+)?|${NUMBER_WORDS.slice(1).join('|')})`;

const valueOf = (text: string): number => {
  const word = NUMBER_WORDS.indexOf(text.toLowerCase());
  return word >= 0 ? word : Number(text.replaceAll(',', ''));
};

interface Range {
  readonly least?: number;
  readonly most?: number;
}

const UNITS = {
  characters: 'char(?:acter)?s?',
  words: 'words?',
  sentences: 'sentences?',
  paragraphs: 'paragraphs?',
} as const;
/** Anything countable that is not a unit of text. */
const ITEMS = '(?!char|word|sentence|paragraph|percent|%|year|day|hour|minute|second|dollar|euro|usd|token)[a-z][a-z-]*s\\b';

/** `between 5 and 7 items`, `at most 155 characters`, `exactly 5 sections`, `3 paragraphs`. */
function rangeOf(text: string, unit: string): Range | undefined {
  const find = (pattern: string): RegExpExecArray | null => new RegExp(pattern, 'i').exec(text);
  const noun = `(?:[a-z-]+\\s+){0,2}?${unit}`;
  const between = find(`(?:between\\s+|from\\s+)?${NUMBER}\\s*(?:-|–|to|and)\\s*${NUMBER}\\s+${noun}`);
  if (between) return { least: valueOf(between[1] as string), most: valueOf(between[2] as string) };
  const most = find(
    `(?:at most|no more than|up to|maximum(?: of)?|max\\.?|not more than|fewer than|less than|under|within|≤|<=)\\s*${NUMBER}\\s+${noun}`,
  );
  const least = find(`(?:at least|no fewer than|not less than|minimum(?: of)?|min\\.?|more than|over|≥|>=)\\s*${NUMBER}\\s+${noun}`);
  if (most || least) {
    const strict = most !== null && /^(?:fewer|less|under)/i.test(most[0]);
    return {
      ...(least ? { least: valueOf(least[1] as string) } : {}),
      ...(most ? { most: valueOf(most[1] as string) - (strict ? 1 : 0) } : {}),
    };
  }
  const exact = find(`(exactly|about|around|roughly|some|approximately)?\\s*\\b${NUMBER}[\\s-]+${noun}`);
  if (!exact) return undefined;
  const value = valueOf(exact[2] as string);
  return /about|around|roughly|some|approx/i.test(exact[1] ?? '')
    ? { least: Math.floor(value * 0.85), most: Math.ceil(value * 1.15) }
    : { least: value, most: value };
}

/** `{maxLength: 155, pattern: "^a"}` at the end of a description. */
function helperLimits(text: string): SpokenLimits {
  const limits: Record<string, unknown> = {};
  for (const match of text.matchAll(
    /\b(minLength|maxLength|minItems|maxItems|minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf):\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/g,
  )) {
    limits[match[1] as string] = Number(match[2]);
  }
  const pattern = /\bpattern:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  if (pattern !== undefined) limits['pattern'] = JSON.parse(pattern);
  return limits;
}

/** All limits that a description states; what the schema helper wrote wins over words. */
export function spokenLimits(description: string | undefined): SpokenLimits {
  if (description === undefined || description === '') return {};
  const written = helperLimits(description);
  const text = description.replace(/\{[^{}]*\}\s*$/, '');
  const characters = rangeOf(text, UNITS.characters);
  const words = rangeOf(text, UNITS.words);
  const items = rangeOf(text, ITEMS);
  const sentences = rangeOf(text, UNITS.sentences);
  const paragraphs = rangeOf(text, UNITS.paragraphs);
  return {
    ...prefixed('Length', characters),
    ...prefixed('Words', words),
    ...prefixed('Items', items),
    ...(sentences ? { sentences: pair(sentences) } : {}),
    ...(paragraphs ? { paragraphs: pair(paragraphs) } : {}),
    ...numberRange(text),
    ...written,
  };
}

function prefixed(name: string, range: Range | undefined): Record<string, number> {
  return {
    ...(range?.least === undefined ? {} : { [`min${name}`]: range.least }),
    ...(range?.most === undefined ? {} : { [`max${name}`]: range.most }),
  };
}

const pair = ({ least, most }: Range): readonly [number, number] => [least ?? Math.max(1, (most ?? 2) - 1), most ?? (least ?? 1) + 1];

/** What may follow a range of a bare number; any other word is a unit, and the range is not of the number itself. */
const NO_UNIT = '(?!(?:[\\d,]|\\.\\d)*\\s*(?!inclusive|where|for|with)[a-z])';
const NUMBER_RANGE = new RegExp(`(-?\\d+(?:\\.\\d+)?)\\s*(?:-|–|to|and|\\.\\.)\\s*(-?\\d+(?:\\.\\d+)?)${NO_UNIT}`, 'i');

/** `from 0 to 1`, `between 1 and 10`, `0-100` for a number itself. */
function numberRange(text: string): Pick<SpokenLimits, 'minimum' | 'maximum'> {
  const match = NUMBER_RANGE.exec(text);
  return match ? { minimum: Number(match[1]), maximum: Number(match[2]) } : {};
}
