import type { FactClause, FactIndex } from './facts';
import { wordHolding, type FoldedText } from './fold-text';
import { freeCompounds } from './lists/plain-words';
import { stemOf } from './stems';
import type { StructuredClaim } from './structured-claims';

/** What words claim by how they are put together: `BPA-free`, `self-emptying`, `fireproof`. */
export function compoundClaims(original: string, text: FoldedText, facts: FactIndex): StructuredClaim[] {
  return [...compounds(original, text, facts), ...selfActing(original, text, facts), ...proofs(text, facts)];
}

const COMPOUND =
  /(?<![\p{L}\p{N}-])(?:\p{L}{2,20}-)?(\p{L}{2,20})-(free|proof|resistant|safe|certified|approved|rated|tested|compatible|enabled|powered|grade|lined|coated|infused|filled|activated|controlled|backed|made|winning|friendly|sourced|grown|repellent|blocking|approved|forged|thrown|painted|plated)(?![\p{L}\p{N}])/giu;
const STRONGER: Readonly<Record<string, readonly string[]>> = {
  resistant: ['resist', 'proof', 'repel'],
  proof: ['proof'],
  free: ['fre', 'free', 'no', 'without', 'zero', 'non'],
  repellent: ['repel', 'proof', 'resist'],
  certified: ['certif', 'standard'],
  sourced: ['sourc', 'from'],
};

/** `BPA-free`, `crush-proof`: both halves must be in one fact. */
function compounds(original: string, text: FoldedText, facts: FactIndex): StructuredClaim[] {
  return [...original.matchAll(COMPOUND)].flatMap((match): StructuredClaim[] => {
    const [whole, thing = '', quality = ''] = match;
    if (freeCompounds.has(whole.toLowerCase())) return [];
    const first = wordHolding(text, match.index);
    const last = wordHolding(text, match.index + whole.length - 1);
    if (first < 0) return [];
    const qualities = STRONGER[quality.toLowerCase()] ?? [stemOf(quality)];
    const says = ({ stems, negated }: FactClause) =>
      (qualities.some((one) => [...stems].some((stem) => stem.startsWith(one))) || (negated && /free/i.test(quality))) &&
      (!negated || /free/i.test(quality));
    const field = facts.once(`compound ${whole.toLowerCase()}`, () => facts.clauses.having(stemOf(thing)).find(says)?.field);
    return [{ first, last, at: match.index, end: match.index + whole.length, own: [first, last], field }];
  });
}

const SELF_ACTING = /(?<![\p{L}\p{N}-])(self|auto|anti|ultra|pre|smart)-(\p{L}{3,20})(?![\p{L}\p{N}])/giu;
const PLAIN_SELF = new Set([
  'self-care',
  'self-made',
  'self-explanatory',
  'self-serve',
  'self-respecting',
  'self-expression',
  'pre-dawn',
  'pre-dinner',
  'pre-order',
  'ultra-fine',
  'ultra-soft',
  'ultra-modern',
  'anti-stress',
  'pre-war',
  'self-guided',
  'self-conscious',
  'self-discovery',
]);

/** `self-emptying`, `anti-glare`: the second half must be in a fact. */
function selfActing(original: string, text: FoldedText, facts: FactIndex): StructuredClaim[] {
  return [...original.matchAll(SELF_ACTING)].flatMap((match): StructuredClaim[] => {
    const [whole, prefix = '', quality = ''] = match;
    const first = wordHolding(text, match.index);
    if (first < 0 || PLAIN_SELF.has(whole.toLowerCase())) return [];
    const [one, other, both] = [stemOf(prefix), stemOf(quality), stemOf(prefix + quality)];
    const says = ({ stems, negated }: FactClause) =>
      !negated && ((stems.has(other) && (stems.has(one) || prefix.toLowerCase() === 'pre')) || stems.has(both));
    const field = facts.once(
      `self ${whole.toLowerCase()}`,
      () => (facts.clauses.having(other).find(says) ?? facts.clauses.having(both).find(says))?.field,
    );
    return [{ first, last: first + 1, at: match.index, end: match.index + whole.length, own: [first, first + 1], field }];
  });
}

const PROOF = /^(?!fool|future|water|leak|soap|weather|child)\p{L}{3,}proof(?:ed)?$/u;

/** `fireproof` in one word. */
function proofs(text: FoldedText, { clauses }: FactIndex): StructuredClaim[] {
  return text.words.flatMap(({ word, at, end }, place): StructuredClaim[] => {
    if (!PROOF.test(word)) return [];
    const field = clauses.having(stemOf(word)).find(({ negated }) => !negated)?.field;
    return [{ first: place, last: place, at, end, own: [place], field }];
  });
}
