import { homeClaims } from './lists/claims-home';
import { materialClaims } from './lists/claims-material';
import { productClaims } from './lists/claims-product';
import { phraseIndex, phrasePattern, vocabularyOf, type PhraseIndex } from './phrase-pattern';
import { stemOf } from './stems';

/** Something that a text may claim of a home or a product. */
export interface Claim {
  /** Its line in the list. */
  readonly name: string;
  /** All spellings, each as slots of alternative stems; a stem with `*` is a beginning. */
  readonly spellings: ReadonlyArray<readonly (readonly string[])[]>;
  /** What implies it, in the same form. */
  readonly implied: ReadonlyArray<readonly (readonly string[])[]>;
  /** Stems that its spellings use, without the small words: what the text's own words must be in a fact. */
  readonly stems: ReadonlySet<string>;
  /** Nothing that a product has: a text on a speaker may speak of patios. */
  readonly homeOnly: boolean;
}

/** Small words that say nothing of what is claimed. */
export const SMALL_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the and or of in on at to for from with by as is are be has have its it this that your you our plus include included including featur feature boast offer contain pack get add every any only one ' +
    'into goes go throw toss easy easi made mad make built build'
  )
    .split(' ')
    .flatMap((word) => [word, stemOf(word)]),
);

const parsed = [
  { list: homeClaims, homeOnly: true },
  { list: productClaims, homeOnly: false },
  { list: materialClaims, homeOnly: false },
].flatMap(({ list, homeOnly }) =>
  list
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [main = '', exceptions = ''] = line.split(' ! ');
      const [said = '', implied = ''] = main.split(' < ');
      return { said: spellings(said), implied: spellings(implied), exceptions: spellings(exceptions), homeOnly };
    }),
);

const claims = parsed.map(({ said, implied, exceptions, homeOnly }) => {
  const slots = said.map(slotsOf).filter((each) => each.length > 0);
  const claim: Claim = {
    name: said.join(' / '),
    spellings: slots,
    implied: implied.map(slotsOf).filter((each) => each.length > 0),
    stems: new Set(slots.flat(2)),
    homeOnly,
  };
  return { said, exceptions, claim };
});

/** Every claim by its spellings. */
export const claimIndex: PhraseIndex<Claim> = phraseIndex(
  claims.flatMap(({ said, claim }) => said.map((spelling) => [spelling, claim] as const)),
);

/** Phrases in which the words of a claim claim nothing. */
export const exceptionIndex: PhraseIndex<Claim> = phraseIndex(
  claims.flatMap(({ exceptions, claim }) => exceptions.map((exception) => [exception, claim] as const)),
);

function spellings(part: string): string[] {
  return part
    .split(' / ')
    .map((spelling) => spelling.trim())
    .filter((spelling) => spelling !== '');
}

/** A spelling as what a fact must have: one of each slot. Slots that may be missing, gaps and small words do not count. */
function slotsOf(spelling: string): string[][] {
  phrasePattern(spelling);
  return spelling
    .split(/\s+/)
    .filter((slot) => !slot.endsWith('?') && !/^~\d$/.test(slot))
    .map((slot) => slot.split('|').map((word) => (word.endsWith('*') ? word : stemOf(word.replace(/=$/, '')))))
    .filter((slot) => !slot.every((stem) => SMALL_WORDS.has(stem)));
}

/** The words of the spellings, for `foldText()`. */
export const claimVocabulary: ReadonlySet<string> = vocabularyOf(parsed.flatMap(({ said }) => said));
