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

/** What the lists of claims say, ready to be looked for. */
export interface ClaimLists {
  /** Every claim by its spellings. */
  readonly claims: PhraseIndex<Claim>;
  /** Phrases in which the words of a claim claim nothing. */
  readonly exceptions: PhraseIndex<Claim>;
  /** The words of the spellings, for `foldText()`. */
  readonly vocabulary: ReadonlySet<string>;
}

let read: ClaimLists | undefined;

/** Reads the lists when they are first asked for: a worker that checks no text starts without these thousands of patterns. */
export function claimLists(): ClaimLists {
  read ??= readLists();
  return read;
}

function readLists(): ClaimLists {
  const entries = [
    { list: homeClaims, homeOnly: true },
    { list: productClaims, homeOnly: false },
    { list: materialClaims, homeOnly: false },
  ].flatMap(({ list, homeOnly }) =>
    list
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => entryOf(line, homeOnly)),
  );
  return {
    claims: phraseIndex(entries.flatMap(({ said, claim }) => said.map((spelling) => [spelling, claim] as const))),
    exceptions: phraseIndex(entries.flatMap(({ exceptions, claim }) => exceptions.map((exception) => [exception, claim] as const))),
    vocabulary: vocabularyOf(entries.flatMap(({ said }) => said)),
  };
}

/** A line of a list: `spelling / spelling < what implies it ! what is none`. */
function entryOf(line: string, homeOnly: boolean): { readonly said: string[]; readonly exceptions: string[]; readonly claim: Claim } {
  const [main = '', exceptions = ''] = line.split(' ! ');
  const [said = [], implied = []] = main.split(' < ').map(spellings);
  const slots = said.map(slotsOf).filter((each) => each.length > 0);
  const claim: Claim = {
    name: said.join(' / '),
    spellings: slots,
    implied: implied.map(slotsOf).filter((each) => each.length > 0),
    stems: new Set(slots.flat(2)),
    homeOnly,
  };
  return { said, exceptions: spellings(exceptions), claim };
}

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
