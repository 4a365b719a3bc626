import type { Finding } from '../../../common/finding';

/** What a check has found in one text. */
export interface FoundInText<Item> {
  /** The most serious first: the last are left out. */
  readonly findings: readonly Item[];
  /** The finding that stands for those that are left out. */
  readonly rest: (leftOut: readonly Item[]) => Item;
}

/** Findings that a result has room for. */
export interface Budgeted<Item> {
  readonly findings: Item[];
  /** How many are left out; each text that lost some has a finding that says so. */
  readonly leftOut: number;
}

interface Budget {
  readonly perText: number;
  /** Of all findings as JSON in UTF-8. */
  readonly bytes: number;
}

const LONGEST_PHRASE = 300;

/** The beginning of a phrase that would fill a result by itself. */
export const shortPhrase = (phrase: string): string =>
  phrase.length <= LONGEST_PHRASE ? phrase : phrase.slice(0, LONGEST_PHRASE).replace(/[\ud800-\udbff]$/, '');

/** What says that there is more; its phrase is empty because the text as a whole is meant. */
export const restOf = (check: string, place: string, count: number): Finding => ({
  check,
  phrase: '',
  rule: `${count} more ${count === 1 ? 'finding' : 'findings'} in this text; check it again when these are mended`,
  place,
  at: 0,
});

export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;

/**
 * As many findings as fit, shared out one by one among the texts: a text with many takes nothing from the others, and none that has any
 * comes out clean.
 */
export function withinBudget<Item extends Finding>(texts: ReadonlyArray<FoundInText<Item>>, { perText, bytes }: Budget): Budgeted<Item> {
  const shares = texts.map(({ findings, rest }) => ({ findings, rest, kept: 0, open: true }));
  // Room for the finding that stands for the rest, whether it will be needed or not.
  let left = bytes - shares.reduce((sum, { findings, rest }) => sum + (findings.length === 0 ? 0 : bytesOf(rest(findings))), 0);
  for (let some = true; some;) {
    some = false;
    for (const share of shares) {
      const next = share.open && share.kept < perText ? share.findings[share.kept] : undefined;
      const needed = next === undefined ? 0 : bytesOf(next);
      share.open = next !== undefined && needed <= left;
      if (!share.open) continue;
      left -= needed;
      share.kept += 1;
      some = true;
    }
  }
  return {
    findings: shares.flatMap(({ findings, rest, kept }) => [
      ...findings.slice(0, kept).sort((a, b) => a.at - b.at),
      ...(kept < findings.length ? [rest(findings.slice(kept))] : []),
    ]),
    leftOut: shares.reduce((sum, { findings, kept }) => sum + findings.length - kept, 0),
  };
}
