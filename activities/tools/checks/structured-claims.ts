import { compoundClaims } from './compounds';
import { squash, type FactClause, type FactIndex } from './facts';
import type { FoldedText } from './fold-text';
import { inOwnTurn, mapInTurns } from './in-turns';
import { plainNouns } from './lists/plain-words';
import { matchesIn, phraseIndex, type Span } from './phrase-pattern';
import { stemOf } from './stems';

/** What a sentence claims by its form, whatever the words: `made of …`, `made in …`, `…-proof`, `comes with …`. */
export interface StructuredClaim extends Span {
  readonly own: readonly number[];
  readonly field: string | undefined;
}

const MAKING =
  'made|crafted|built|constructed|woven|knit|knitted|carved|forged|cast|sewn|milled|formed|molded|moulded|machined|spun|cut|turned|blown|poured|stitched|fashioned|hewn|printed|pressed|shaped|finished|wrapped|lined|filled|trimmed|clad|upholstered';
const FORMS = phraseIndex<'substance' | 'origin' | 'content' | 'place' | 'absence' | 'things'>([
  [`${MAKING} ~1 of|from|out|with|in`, 'substance'],
  [
    'made|crafted|manufactured|assembled|designed|produced|grown|sourced|imported|built|woven|forged|born|roasted|bottled|brewed|printed|handmade|handcrafted|sewn|blown|thrown|knit|milled|engineered|harvested|farmed|distilled|painted|finished|packed|created|developed|tested ~1 in|from',
    'origin',
  ],
  ['come|comes|coming|arrives|ships complete? with', 'content'],
  ['complete|equipped|outfitted|fitted|appointed|bundled|supplied with', 'content'],
  ['near|nearby|overlooking|outside|beside|opposite', 'place'],
  ['steps|minutes|blocks|moments|miles|close|walk|stroll|adjacent|next|proximity|yards|drive|ride|seconds ~1 to|from|of', 'place'],
  ['with|has|adds|offers|plus', 'things'],
  ['free of|from', 'absence'],
  ['contains|contain no', 'absence'],
  ['no|zero added', 'absence'],
  ['includes|including|boasts|boasting|features|featuring|contains|containing', 'content'],
]);

/** Claims that the form of a sentence makes; each with the fact that has its head word. */
export async function structuredClaims(original: string, text: FoldedText, facts: FactIndex): Promise<StructuredClaim[]> {
  const said = await mapInTurns(matchesIn(FORMS, text), ({ span, item }) =>
    item === 'origin' || item === 'place' ? placesAfter(text, span, { original, facts }) : thingsAfter(text, span, { facts, form: item }),
  );
  return [...said.flat(), ...(await inOwnTurn(() => compoundClaims(original, text, facts)))];
}

const ENDS = new Set(
  'that which where while so for to at on by as when because if but is are was were has have you your it its this than into over under per until before after from'.split(
    ' ',
  ),
);
const LONGEST = 14;
/** Who or what has a thing is not what is sold: `anyone with a garden`, `goes well with figs`. */
const WHO = new Set(
  'anyone someone everyone those people person friends cooks folks you who they we well pairs pair goes go works work paired lives'.split(
    ' ',
  ),
);
/** What follows is known already, or no thing. */
const DEFINITE = new Set(
  'every each any all some both whatever anything everything nothing room the its your our their his her my this that these those it you them us me been to had not no never just only enough more most less one care ease love pride joy style grace purpose little'.split(
    ' ',
  ),
);

type Form = 'content' | 'substance' | 'absence' | 'things';
/** What `with` and `has` may be followed by without a thing: at most so many words to the end of the phrase. */
const LONGEST_THING = 4;

/** The things of a list after a verb: what stands before a comma, `and`, `with`, or the end. */
function thingsAfter(text: FoldedText, { first, last }: Span, { facts, form }: { facts: FactIndex; form: Form }): StructuredClaim[] {
  if (form === 'things' && (DEFINITE.has(text.words[last + 1]?.word ?? '') || WHO.has(text.words[first - 1]?.word ?? ''))) return [];
  const found: StructuredClaim[] = [];
  let thing: number[] = [];
  for (let i = last + 1; i <= Math.min(last + LONGEST, text.words.length); i += 1) {
    const word = text.words[i]?.word ?? '.';
    const pause = [',', 'and', 'or', 'with', 'in', 'of'].includes(word);
    if (!pause && word !== '.' && !ENDS.has(word)) {
      thing.push(i);
      continue;
    }
    // One word before a preposition, later in the list, is the next verb: `topped with soapstone and opens to`.
    const verb = found.length > 0 && thing.length === 1 && ENDS.has(word);
    if (thing.length > 0 && !verb && (form !== 'things' || thing.length <= LONGEST_THING))
      found.push(claimOf(text, { first, thing }, { facts, form }));
    thing = [];
    if (form === 'substance' || form === 'things' || !pause || word === 'in' || word === 'of') break;
  }
  return found.filter((claim) => !isPlain(text, claim));
}

const isPlain = (text: FoldedText, { own: [place = 0] }: StructuredClaim) => {
  const word = text.words[place]?.word ?? '';
  return plainNouns.has(stemOf(word)) || /\d|ly$|ing$|ed$/.test(word) || word.length < 3;
};

/** Supported by a fact with its head word or, where the verb says little, with any of its words. */
function claimOf(
  text: FoldedText,
  { first, thing }: { first: number; thing: readonly number[] },
  { facts, form }: { facts: FactIndex; form: Form },
): StructuredClaim {
  const head = thing.at(-1) ?? first;
  const stems = (form === 'things' ? thing : [head])
    .map((place) => text.words[place]?.word ?? '')
    .filter((word) => form !== 'things' || word.length > 2)
    .map(stemOf);
  const says = (clause: FactClause) => (form === 'absence' ? denies(clause) : !clause.negated);
  const field = facts.once(
    `${form} ${stems.join(' ')}`,
    () => stems.map((stem) => facts.clauses.having(stem).find(says)).find((clause) => clause !== undefined)?.field,
  );
  const start = field === undefined ? first : head;
  return { first: start, last: head, at: text.words[start]?.at ?? 0, end: text.words[head]?.end ?? 0, own: [head], field };
}

/** It says that there is none. */
const denies = ({ negated, stems }: FactClause) =>
  negated || ['free', 'without', 'zero', 'non', 'no'].some((word) => stems.has(stemOf(word)));

/** `made in Italy`, `near Drake Park`: the word with a capital after the preposition. */
function placesAfter(
  text: FoldedText,
  { first, last }: Span,
  { original, facts }: { original: string; facts: FactIndex },
): StructuredClaim[] {
  const skip = ['the', 'our', 'a', 'small', 'northern', 'southern', 'central', 'rural'];
  let place = last + 1;
  while (skip.includes(text.words[place]?.word ?? '')) place += 1;
  const word = text.words[place];
  if (word === undefined || !/^\p{Lu}/u.test(original.slice(word.at, word.end))) return [];
  const stem = stemOf(word.word);
  const known = stem.length > 4 ? `${stem.slice(0, 5)}*` : stem;
  const field = facts.once(
    `place ${known} ${word.word}`,
    () =>
      facts.clauses.having(known).find(({ negated }) => !negated)?.field ??
      facts.squashed.find((value) => value.text.includes(squash(word.word)))?.field,
  );
  const claim = { first, last: place, at: text.words[first]?.at ?? 0, end: word.end, own: [place], field };
  return ['usa', 'us', 'uk', 'united', 'america'].includes(word.word) && field === undefined
    ? [{ ...claim, field: countryIn(word.word, facts) }]
    : [claim];
}

function countryIn(word: string, facts: FactIndex): string | undefined {
  const same = word === 'uk' ? ['uk', 'britain', 'england'] : ['usa', 'us', 'unit', 'united', 'america', 'american'];
  return same.map((name) => facts.clauses.having(stemOf(name))[0]).find((clause) => clause !== undefined)?.field;
}
