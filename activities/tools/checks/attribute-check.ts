import { claimLists, SMALL_WORDS, type Claim } from './claims';
import type { FactClause, FactIndex } from './facts';
import type { FoldedText } from './fold-text';
import { inOwnTurn, mapInTurns } from './in-turns';
import { covers, matchesIn, type Span } from './phrase-pattern';
import { unknownNames } from './proper-names';
import { coverage, type Ranges } from './ranges';
import { stemOf } from './stems';
import { structuredClaims } from './structured-claims';

/** An attribute with the field that supports it, or without one. */
export interface CheckedAttribute extends Span {
  readonly field: string | undefined;
}

interface Hit extends CheckedAttribute {
  /** The words that make the claim, without what may stand between them. */
  readonly own: readonly number[];
}

/** Every attribute of a text that the lists know, and what sentences of a certain form claim, looked for in the facts. */
export async function checkAttributes(
  original: string,
  facts: FactIndex,
  { text, names }: { text: FoldedText; names: Ranges },
): Promise<CheckedAttribute[]> {
  const fine = byWord(matchesIn(claimLists().exceptions, text), ({ span }) => wordsOf(span));
  const matches = (await inOwnTurn(() => matchesIn(claimLists().claims, text)))
    .filter(({ item }) => !(facts.isProduct && item.homeOnly))
    .filter(({ span, item }) => !fine.get(span.first)?.some((around) => around.item === item && covers(around.span, span)));
  const listed = await mapInTurns(matches, ({ span, item }): Hit => ({
    ...span,
    own: ownWords(text, span, item),
    field: supportOf(text, span, { claim: item, facts }),
  }));
  const structured = await structuredClaims(original, text, facts);
  const unknown = await inOwnTurn(() => unknownNames(original, text, facts));
  const named = unknown.map((span): Hit => ({ ...span, own: wordsOf(span), field: undefined }));
  const inNames = coverage(original.length, names);
  const hits = [...listed, ...structured, ...named].filter((hit) => !inNames(hit));
  const supported = hits.filter(({ field }) => field !== undefined);
  const wider = byWord(supported, ({ own }) => own);
  const isPartOfSupported = ({ own }: Hit) =>
    wider.get(own[0] ?? -1)?.some((other) => other.own.length > own.length && own.every((word) => other.own.includes(word))) ?? false;
  const unsupported = hits.filter(
    (hit) => hit.field === undefined && !isPartOfSupported(hit) && !isDenied(original, text, hit) && !isCompared(text, hit),
  );
  return [...longest(supported), ...longest(unsupported)].sort((a, b) => a.first - b.first);
}

const wordsOf = ({ first, last }: Span) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

function byWord<Item>(items: readonly Item[], wordsOfItem: (item: Item) => readonly number[]): Map<number, Item[]> {
  const found = new Map<number, Item[]>();
  for (const item of items) for (const word of wordsOfItem(item)) found.set(word, [...(found.get(word) ?? []), item]);
  return found;
}

/** The longest of those that overlap. */
function longest(hits: readonly CheckedAttribute[]): CheckedAttribute[] {
  const taken = new Set<number>();
  return [...hits]
    .sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first)
    .filter(({ first, last }) => {
      for (let word = first; word <= last; word += 1) if (taken.has(word)) return false;
      for (let word = first; word <= last; word += 1) taken.add(word);
      return true;
    });
}

const NEGATIVE = new Set(
  'no not without never free non zero less isnt doesnt dont arent skip neither nor minus lacks wont avoid instead hardly nobody'.split(' '),
);
const NEGATIVE_STEMS = new Set([...NEGATIVE].map(stemOf));

function ownWords(text: FoldedText, span: Span, claim: Claim): number[] {
  return wordsOf(span).filter((place) => isOwn(stemOf(text.words[place]?.word ?? ''), claim));
}

const isOwn = (stem: string, claim: Claim) =>
  !SMALL_WORDS.has(stem) &&
  (claim.stems.has(stem) || [...claim.stems].some((known) => known.endsWith('*') && stem.startsWith(known.slice(0, -1))));

/** The fact that says it: the text's own words, or another spelling of the claim, or what implies it. */
function supportOf(text: FoldedText, span: Span, { claim, facts }: { claim: Claim; facts: FactIndex }): string | undefined {
  const stems = ownWords(text, span, claim).map((place) => stemOf(text.words[place]?.word ?? ''));
  const own = stems.filter((stem) => !NEGATIVE_STEMS.has(stem));
  const negative = text.words.slice(span.first, span.last + 1).some(({ word }) => NEGATIVE.has(word));
  const denies = (clause: FactClause) => clause.negated || [...NEGATIVE_STEMS].some((stem) => clause.stems.has(stem));
  const sameWords = (clause: FactClause) =>
    own.length > 0 && own.every((stem) => clause.stems.has(stem)) && (negative ? denies(clause) : !clause.negated);
  const inOtherWords = () =>
    [...claim.spellings.map((slots) => ({ slots, said: stems })), ...claim.implied.map((slots) => ({ slots, said: [] }))]
      .map(({ slots, said }) => havingAny(slots[0] ?? [], facts).find((clause) => !clause.negated && isIn(slots, clause, said)))
      .find((clause) => clause !== undefined);
  return facts.once(
    `claim ${claim.name} ${negative ? 'not ' : ''}${stems.join(' ')}`,
    () => (facts.clauses.having(own[0] ?? '').find(sameWords) ?? inOtherWords())?.field,
  );
}

const havingAny = (stems: readonly string[], { clauses }: FactIndex): FactClause[] => stems.flatMap((stem) => [...clauses.having(stem)]);

/** One of each slot is in the clause; where a slot has the text's own words, it must be those. */
function isIn(slots: readonly (readonly string[])[], clause: FactClause, own: readonly string[]): boolean {
  return slots.every((slot) => {
    const chosen = slot.filter((stem) => own.includes(stem));
    return chosen.length > 0 ? chosen.every((stem) => has(clause, stem)) : slot.some((stem) => has(clause, stem));
  });
}

function has({ stems }: FactClause, stem: string): boolean {
  if (!stem.endsWith('*')) return stems.has(stem);
  return [...stems].some((other) => other.startsWith(stem.slice(0, -1)));
}

const LOOK_BACK = 4;

/** Words before it in the same sentence, the nearest last. */
function wordsBefore(text: FoldedText, { first }: Span): string[] {
  const before = text.words.slice(Math.max(0, first - LOOK_BACK), first).map(({ word }) => word);
  return before.slice(before.lastIndexOf('.') + 1);
}

function isDenied(original: string, text: FoldedText, { first }: Span): boolean {
  for (let i = first - 1; i >= Math.max(0, first - 3); i -= 1) {
    const { word, end } = text.words[i] ?? { word: '.', end: 0 };
    if (word === ',' || word === '.') return false;
    // The hyphen of `no-see-um mesh` and `non-stick pan` ends what is denied.
    if (NEGATIVE.has(word) && !['free', 'less', 'non'].includes(word) && original.charAt(end) !== '-') return true;
  }
  return false;
}

const COMPARING = new Set([
  'like',
  'unlike',
  'than',
  'if',
  'rather',
  'alternative',
  'imagine',
  'replaces',
  'replace',
  'versus',
  'resembles',
]);
const PLANNING = new Set(['room', 'space', 'potential', 'ready', 'place', 'spot', 'perfect', 'plans']);

/** `a splash of olive oil` is used, not sold. */
const MEASURES = new Set('splash cup mug glass bowl bottle pot drop sip dash plate slice loaf scoop handful bit lot pile stack'.split(' '));
/** `sears like cast iron`, `room for a pool`. */
function isCompared(text: FoldedText, span: Span): boolean {
  const before = wordsBefore(text, span);
  if (before.slice(-2).some((word) => COMPARING.has(word))) return true;
  if (before.at(-1) === 'of' && MEASURES.has(before.at(-2) ?? '')) return true;
  return before.some((word, i) => PLANNING.has(word) && before[i + 1] === 'for');
}
