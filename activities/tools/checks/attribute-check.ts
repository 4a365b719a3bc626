import { claimIndex, exceptionIndex, SMALL_WORDS, type Claim } from './claims';
import type { FactClause, FactIndex } from './facts';
import type { FoldedText } from './fold-text';
import { covers, matchesIn, overlaps, type Span } from './phrase-pattern';
import type { Ranges } from './ranges';
import { stemOf } from './stems';

/** An attribute with the field that supports it, or without one. */
export interface CheckedAttribute extends Span {
  readonly field: string | undefined;
}

/** Every attribute of a text that the lists know, looked for in the facts. */
export function checkAttributes(text: FoldedText, facts: FactIndex, names: Ranges): CheckedAttribute[] {
  const fine = matchesIn(exceptionIndex, text).map(({ span }) => span);
  const hits = matchesIn(claimIndex, text)
    .filter(({ span }) => !fine.some((around) => covers(around, span)))
    .filter(({ span }) => !names.some(({ at, end }) => at <= span.at && span.end <= end))
    .map(({ span, item }) => ({ ...span, field: supportOf(text, span, item, facts) }));
  const supported = hits.filter(({ field }) => field !== undefined);
  const unsupported = hits
    .filter(
      (hit) => hit.field === undefined && !supported.some((other) => covers(other, hit) && other.last - other.first > hit.last - hit.first),
    )
    .filter((hit) => !isDenied(text, hit) && !isCompared(text, hit));
  return [...longest(supported), ...longest(unsupported)].sort((a, b) => a.first - b.first);
}

function longest(hits: readonly CheckedAttribute[]): CheckedAttribute[] {
  const kept: CheckedAttribute[] = [];
  for (const hit of [...hits].sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first)) {
    if (!kept.some((other) => overlaps(other, hit))) kept.push(hit);
  }
  return kept;
}

const NEGATIVE = new Set([
  'no',
  'not',
  'without',
  'never',
  'free',
  'non',
  'zero',
  'less',
  'isnt',
  'doesnt',
  'dont',
  'arent',
  'skip',
  'neither',
  'nor',
  'minus',
  'lacks',
  'wont',
  'avoid',
  'instead',
  'hardly',
  'nobody',
]);

/** The fact that says it: the text's own words, or another spelling of the claim, or what implies it. */
function supportOf(text: FoldedText, span: Span, claim: Claim, { clauses }: FactIndex): string | undefined {
  const words = text.words.slice(span.first, span.last + 1).map(({ word }) => word);
  const negative = words.some((word) => NEGATIVE.has(word));
  const stems = words.map(stemOf).filter((stem) => claim.stems.has(stem) && !SMALL_WORDS.has(stem));
  const own = stems.filter((stem) => !NEGATIVE.has(stem));
  const says = (clause: FactClause) =>
    (own.length > 0 && own.every((stem) => clause.stems.has(stem))) ||
    (!negative && claim.supports.some((slots) => isIn(slots, clause, stems)));
  return clauses.find(
    (clause) => (negative ? clause.negated || [...NEGATIVE].some((word) => clause.stems.has(word)) : !clause.negated) && says(clause),
  )?.field;
}

/** One of each slot is in the clause; a spelling that the text's own words are one choice of must have that choice. */
function isIn(slots: readonly (readonly string[])[], clause: FactClause, own: readonly string[]): boolean {
  return slots.every((slot) => {
    const chosen = slots.length === 1 || slot.length === 1 ? [] : slot.filter((stem) => own.includes(stem));
    return (chosen.length > 0 ? chosen : slot).some((stem) => has(clause, stem));
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

function isDenied(text: FoldedText, span: Span): boolean {
  const before = wordsBefore(text, span);
  return before
    .slice(before.lastIndexOf(',') + 1)
    .slice(-3)
    .some((word) => NEGATIVE.has(word) && word !== 'free');
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

/** `sears like cast iron`, `room for a pool`. */
function isCompared(text: FoldedText, span: Span): boolean {
  const before = wordsBefore(text, span);
  if (before.slice(-2).some((word) => COMPARING.has(word))) return true;
  return before.some((word, i) => PLANNING.has(word) && before[i + 1] === 'for');
}
