import type { Finding } from '../../common/finding';
import type { ListingResult } from './listing-facts';
import type { Draft, Line, TextName } from './listing-texts';

/** A finding of any check; the last two are of Fair Housing findings of code. */
export interface RaisedFinding extends Finding {
  readonly severity?: 'prohibited' | 'risky' | undefined;
  readonly instead?: string | undefined;
}

/** A finding in the log of all rounds. */
export interface LoggedFinding extends RaisedFinding {
  readonly text: TextName;
  readonly round: number;
  readonly settled: ListingResult['findings'][number]['settled'];
}

/** Whether a person has to look at an edited text again: nobody has seen these when it was edited. */
export const isBlocking = ({ check, severity }: RaisedFinding): boolean => severity === 'prohibited' || check === 'figure';

export const isOpen = ({ settled }: LoggedFinding): boolean => settled === 'open';

interface Checked {
  /** The texts that were checked, as they are now. */
  readonly drafts: readonly Draft[];
  readonly found: readonly RaisedFinding[];
  readonly round: number;
  /** How findings that are gone were settled. */
  readonly goneBy: 'rewritten' | 'edited by person';
  /** Checks that did not look again: what they objected to is gone when its words are. @default none */
  readonly notAsked?: readonly string[];
}

/**
 * Writes a round into the log: open findings of the checked texts are settled, what was found now is open. What was open before stands
 * in the log once, as it is now, with the round that found it first.
 */
export function logRound(log: readonly LoggedFinding[], { drafts, found, round, goneBy, notAsked = [] }: Checked): LoggedFinding[] {
  const now = found.flatMap((finding): LoggedFinding[] => {
    const draft = drafts.find(({ lines }) => lines.some(({ place }) => place === finding.place));
    return draft === undefined ? [] : [{ ...finding, text: draft.name, round, settled: 'open' }];
  });
  const same = (one: LoggedFinding, other: LoggedFinding): boolean =>
    one.text === other.text && one.check === other.check && one.phrase.toLowerCase() === other.phrase.toLowerCase();
  const stands = ({ place, phrase }: LoggedFinding): boolean =>
    drafts.some(({ lines }) => lines.some((line) => line.place === place && line.text.includes(phrase)));
  const earlier = log.flatMap((finding): LoggedFinding[] => {
    if (!isOpen(finding) || !drafts.some(({ name }) => name === finding.text)) return [finding];
    if (notAsked.includes(finding.check) && stands(finding)) return [finding];
    return now.some((other) => same(finding, other)) ? [] : [{ ...finding, settled: goneBy }];
  });
  const first = (finding: LoggedFinding): LoggedFinding => log.find((one) => isOpen(one) && same(one, finding)) ?? finding;
  return [...earlier, ...now.map((finding) => ({ ...finding, round: first(finding).round }))];
}

/** Lines by their place. */
export type EditedLines = ReadonlyArray<{ readonly place: string; readonly text: string }>;

/** A person's edit: the lines that change, or the proposal with its texts changed. */
export type Edit = EditedLines | { readonly texts: EditedLines };

/** The lines of an edit. */
export const linesOfEdit = (edit: Edit): EditedLines => ('texts' in edit ? edit.texts : edit);

const hasTexts = (value: unknown): value is { readonly texts: unknown } => typeof value === 'object' && value !== null && 'texts' in value;

/** Says why an edit does not fit; undefined when it does. */
export function refusesEdit(given: unknown, shown: readonly Line[]): string | undefined {
  const value = hasTexts(given) ? given.texts : given;
  if (!isEdit(value)) return 'the edit must be a list of { place, text }, like "texts" of the proposal';
  for (const { place, text } of value) {
    const line = shown.find((one) => one.place === place);
    if (line === undefined) return `there is no text at "${place}"; the places are ${shown.map((one) => `"${one.place}"`).join(', ')}`;
    if (text.trim() === '') return `the text at "${place}" must not be empty`;
    if ([...text].length > line.maxCharacters) {
      return `the text at "${place}" has ${[...text].length} characters and ${line.maxCharacters} are allowed`;
    }
  }
  const places = value.map(({ place }) => place);
  return new Set(places).size === places.length ? undefined : 'no place may stand in the list twice';
}

function isEdit(value: unknown): value is EditedLines {
  const isLine = (line: unknown): boolean => {
    if (typeof line !== 'object' || line === null) return false;
    const { place, text } = line as Record<string, unknown>;
    return typeof place === 'string' && typeof text === 'string';
  };
  return Array.isArray(value) && value.length > 0 && value.every(isLine);
}

/** The texts with a person's lines in place of their own, and which of them are other texts now. */
export function applyEdit(drafts: readonly Draft[], edit: EditedLines): { readonly drafts: Draft[]; readonly changed: Draft[] } {
  const edited = new Map(edit.map(({ place, text }) => [place, text.trim()]));
  const after = drafts.map((draft) => {
    const lines = draft.lines.map((line) => ({ ...line, text: edited.get(line.place) ?? line.text }));
    return lines.some(({ text }, at) => text !== draft.lines[at]?.text) ? { ...draft, lines } : draft;
  });
  return { drafts: after, changed: after.filter((draft, at) => draft !== drafts[at]) };
}
