import type { PlacedText } from '../../../common/finding';
import { foldText, type FoldedText } from './fold-text';
import { echoPatterns } from './lists/echo';
import { fillerPatterns } from './lists/filler';
import { matchesIn, phraseIndex } from './phrase-pattern';

/** A part of a text and the rule that it breaks. */
export interface Residue {
  readonly check: 'filler' | 'echo';
  readonly rule: string;
  readonly at: number;
  readonly end: number;
}

const EMPTY = 'An empty phrase: it would fit any other property or product; say what is special about this one';
const PLACEHOLDER = 'A placeholder that nobody filled in';
const PROMPT = 'Speaks of the task, the schema or the writer instead of the subject';

const phrases = phraseIndex<Pick<Residue, 'check' | 'rule'>>([
  ...fillerPatterns.map((pattern) => [pattern, { check: 'filler', rule: EMPTY } as const] as const),
  ...echoPatterns.map((pattern) => [pattern, { check: 'echo', rule: PROMPT } as const] as const),
]);

/** Marks that no finished text has; the quantifiers are bounded so that a long text cannot stall them. */
const PLACEHOLDERS = [
  /\{\{[^{}\n]{0,80}\}\}/g,
  /\$\{[^{}\n]{0,80}\}/g,
  /\[(?:insert|your|add|name|enter|fill|placeholder|address|city|price|agent|phone|date|link|brand|product|tbd|todo|x+)\b[^[\]\n]{0,80}\]/gi,
  /<(?:insert|your|add)\b[^<>\n]{0,80}>/gi,
  /\b(?:TODO|TBD|TBA|FIXME|XXX+)\b/g,
  /_{4,}/g,
  /\b[xX]{3,}(?:-[xX]{3,}){1,3}\b/g,
];
const MARKUP = [
  /```[a-z]{0,10}/g,
  /<\/?[a-z][\w-]{0,40}(?:\s[^<>\n]{0,120})?\/?>/gi,
  /[{,]\s{0,10}"[A-Za-z_][\w-]{0,60}"\s{0,5}:/g,
  /"[A-Za-z_][\w-]{0,60}"\s{0,5}:\s{0,5}[["{\d]/g,
  /\b(?:undefined|NaN|\[object Object\])/g,
  /^#{1,6}\s\S[^\n]{0,80}/gm,
  /\\n|\\u[0-9a-f]{4}/gi,
];
const LABEL =
  'Output|Response|Answer|Result|Assistant|Human|User|System|Prompt|Input|Description|Title|Caption(?: ?\\d)?|Meta description|MLS description|Headline|Bullets?|Body|Copy';
const TALK = [
  new RegExp(`(?:^|(?<=[.!?"“]\\s))(?:${LABEL})\\s?:(?=\\s)`, 'gm'),
  /^\s{0,10}(?:Sure|Certainly|Of course|Absolutely|Okay|Great)[!,.][^\n]{0,80}/gm,
];
/** Verbs that open empty sentences; `Unlock the door` says something. */
const OPENERS = [
  /(?:^|(?<=[.!?]\s))(?:Unlock|Unleash|Elevate|Embark on|Indulge in|Immerse yourself in)\s(?!(?:it|doors?|with|by|from|(?:the|your|any|every)\s(?:front\s)?(?:doors?|phone|gate|lid|case|lock))\b)[\p{L}’']+(?:\s\p{L}+)?/gmu,
];
/** Names as code spells them; `iPhone` and `eBay` have one small letter in front. */
const CODE_NAMES = [
  /(?<![\w#@/.-])[a-z]{2,30}(?:[A-Z][a-z]{1,30}){1,5}(?![\w/])/g,
  /(?<![\w#@/.-])[a-z]{2,30}(?:_[a-z0-9]{1,30}){1,5}(?![\w/])/g,
];

/** Placeholders, empty phrases, and what is left of prompts and schemas. */
export function residueOf({ text }: PlacedText, known: ReadonlySet<string>, folded: FoldedText = foldText(text)): Residue[] {
  const codeNames = CODE_NAMES.flatMap((name) => inText(text, name)).filter(({ at, end }) => !known.has(text.slice(at, end)));
  return withoutRepeats([
    ...PLACEHOLDERS.flatMap((mark) => inText(text, mark)).map((span) => ({ check: 'filler' as const, rule: PLACEHOLDER, ...span })),
    ...[...MARKUP, ...TALK].flatMap((mark) => inText(text, mark)).map((span) => ({ check: 'echo' as const, rule: PROMPT, ...span })),
    ...OPENERS.flatMap((opener) => inText(text, opener)).map((span) => ({ check: 'filler' as const, rule: EMPTY, ...span })),
    ...codeNames.map((span) => ({ check: 'echo' as const, rule: PROMPT, ...span })),
    ...matchesIn(phrases, folded).map(({ span: { at, end }, item }) => ({ ...item, at, end })),
  ]);
}

function inText(text: string, mark: RegExp): Array<{ at: number; end: number }> {
  return [...text.matchAll(mark)].map((match) => {
    const lead = match[0].length - match[0].trimStart().length;
    return { at: match.index + lead, end: match.index + match[0].trimEnd().length };
  });
}

/** The first of those that overlap. */
function withoutRepeats(all: readonly Residue[]): Residue[] {
  const kept: Residue[] = [];
  for (const one of [...all].sort((a, b) => a.at - b.at || b.end - a.end)) {
    if ((kept.at(-1)?.end ?? 0) <= one.at) kept.push(one);
  }
  return kept;
}
