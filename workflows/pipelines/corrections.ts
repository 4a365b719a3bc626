/** A change to a draft as its reviewer proposes it. */
export interface Correction {
  readonly id: string;
  /** Exact text of the draft. */
  readonly quote: string;
  /** What takes its place; empty to delete it. */
  readonly replacement: string;
  readonly reason: string;
}

/** A reviewer's corrections. Of two reviewers who want to change the same words, the one named first prevails. */
export interface Corrections<Reviewer extends string> {
  readonly by: Reviewer;
  readonly corrections: readonly Correction[];
}

/** What became of a correction. */
export interface SettledCorrection<Reviewer extends string = string> extends Correction {
  readonly by: Reviewer;
  readonly applied: boolean;
  /** Why it was not applied; null when it was. */
  readonly notApplied: string | null;
  /** Where the quote begins in the draft, in characters; null when it was not found for certain. */
  readonly draftAt: number | null;
  /** Where the replacement begins in the corrected text; null when it was not applied. */
  readonly textAt: number | null;
}

export interface CorrectedText<Reviewer extends string> {
  readonly text: string;
  /** Every correction, in the order of the reviewers and of their lists. */
  readonly corrections: ReadonlyArray<SettledCorrection<Reviewer>>;
}

interface Placed {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Applies corrections to a draft. Nobody retypes the text: what no correction quotes stays as it is to the letter.
 *
 * A correction applies when its quote occurs in the draft exactly once and no correction before it has taken any of the same
 * words. Every other one stays in the list with the reason.
 */
export function applyCorrections<Reviewer extends string>(
  draft: string,
  reviewers: ReadonlyArray<Corrections<Reviewer>>,
): CorrectedText<Reviewer> {
  const all = numbered(reviewers.flatMap(({ by, corrections }) => corrections.map((correction) => ({ ...correction, by }))));
  const taken: Placed[] = [];
  const problems = all.map((correction, index) => {
    const problem = problemOf(draft, correction);
    if (problem !== undefined) return problem;
    const from = draft.indexOf(correction.quote);
    const place = { index, from, to: from + correction.quote.length };
    const rival = taken.find((other) => place.from < other.to && other.from < place.to);
    if (rival !== undefined) return `"${all[rival.index]?.id}" of ${all[rival.index]?.by} changes the same words and prevails`;
    taken.push(place);
    return null;
  });
  const { text, places } = rewritten(draft, taken, all);
  return {
    text,
    corrections: all.map((correction, index) => ({
      ...correction,
      applied: problems[index] === null,
      notApplied: problems[index] ?? null,
      draftAt: occursOnce(draft, correction.quote) ? draft.indexOf(correction.quote) : null,
      textAt: places.get(index) ?? null,
    })),
  };
}

/** Ids are the reviewers' own; one used again gets `#2` and so on, or a conflict could not name its rival. */
function numbered<Named extends { readonly id: string; readonly by: string }>(corrections: readonly Named[]): Named[] {
  const uses = new Map<string, number>();
  return corrections.map((correction) => {
    const key = `${correction.by}/${correction.id}`;
    const use = (uses.get(key) ?? 0) + 1;
    uses.set(key, use);
    return use === 1 ? correction : { ...correction, id: `${correction.id}#${use}` };
  });
}

const occursOnce = (draft: string, quote: string): boolean =>
  quote !== '' && draft.includes(quote) && draft.indexOf(quote) === draft.lastIndexOf(quote);

function problemOf(draft: string, { quote, replacement }: Correction): string | undefined {
  if (quote === '') return 'it quotes nothing';
  if (!draft.includes(quote)) return 'the draft does not contain the quoted text';
  if (!occursOnce(draft, quote)) return 'the quoted text occurs more than once in the draft';
  return quote === replacement ? 'it changes nothing' : undefined;
}

function rewritten(draft: string, taken: readonly Placed[], all: readonly Correction[]): { text: string; places: Map<number, number> } {
  const places = new Map<number, number>();
  let text = '';
  let end = 0;
  for (const { index, from, to } of [...taken].sort((a, b) => a.from - b.from)) {
    text += draft.slice(end, from);
    places.set(index, text.length);
    text += all[index]?.replacement ?? '';
    end = to;
  }
  return { text: text + draft.slice(end), places };
}
