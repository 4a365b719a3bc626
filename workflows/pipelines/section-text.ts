import { sourcesIn, traceFigures } from '../../common/figures';
import type { PipelineResult } from '../../common/pipelines/types';

export type Untraced = PipelineResult<'reportSection'>['untraced'][number];

/** What a section may rest on. */
export interface Grounds {
  readonly heading: string;
  readonly facts: ReadonlyArray<{ readonly claim: string; readonly sources: readonly number[] }>;
  /** Further texts whose figures may be repeated. */
  readonly told: readonly string[];
  /** Names that may hold digits and are no figures. */
  readonly names: readonly string[];
}

/** A section with its references known to resolve. */
export interface CheckedText {
  readonly text: string;
  /** Numbers of the sources that it refers to, smallest first. */
  readonly references: readonly number[];
  readonly untraced: readonly Untraced[];
}

/** `[3]`, `[3, 4]` and `[3–5]`, with the space before; not the text of a link. */
const REFERENCE = /[ \t]?\[(\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*)\](?!\()/g;
const LINK = /!?\[([^[\]]{0,500})\]\((?:https?:|mailto:|www\.)[^)\s]*(?:\s"[^"]*")?\)/gi;
const ADDRESS = /<?\bhttps?:\/\/[^\s<>)\]]*[^\s<>)\].,;:!?]>?/gi;

/** Takes out of a section what leads nowhere, and finds the figures that rest on nothing, its heading included. */
export function checkSection(body: string, grounds: Grounds): CheckedText {
  const { facts, told, names, heading } = grounds;
  const links: string[] = [];
  const plain = withoutTitle(body, heading)
    .replace(LINK, (link, words: string) => (links.push(link), words))
    .replace(ADDRESS, (address) => (links.push(address), ''));
  const { text, references, unknown } = withKnownReferences(plain, new Set(facts.flatMap(({ sources }) => sources)));
  const sources = [...told, ...facts.map(({ claim }) => claim)].flatMap((known) => sourcesIn(known, 'facts'));
  const { untraced } = traceFigures(`${heading}\n\n${text.replace(REFERENCE, '')}`, sources, names);
  return {
    text,
    references,
    untraced: [
      ...untraced.map((figure) => ({ kind: 'figure', text: figure }) as const),
      ...unknown.map((reference) => ({ kind: 'reference', text: reference }) as const),
      ...[...new Set(links)].map((link) => ({ kind: 'link', text: link }) as const),
    ],
  };
}

/** Rewrites every reference as `[3][4]`; numbers that are not known are taken out. */
export function withKnownReferences(
  text: string,
  known: ReadonlySet<number>,
): { readonly text: string; readonly references: number[]; readonly unknown: string[] } {
  const used = new Set<number>();
  const unknown = new Set<string>();
  const rewritten = text.replace(REFERENCE, (whole, list: string) => {
    const numbers = expanded(list);
    numbers.filter((number) => !known.has(number)).forEach((number) => unknown.add(`[${number}]`));
    const kept = numbers.filter((number) => known.has(number));
    kept.forEach((number) => used.add(number));
    const space = whole.startsWith('[') ? '' : ' ';
    return kept.length === 0 ? '' : `${space}${kept.map((number) => `[${number}]`).join('')}`;
  });
  return { text: rewritten, references: [...used].sort((a, b) => a - b), unknown: [...unknown] };
}

const MOST_OF_A_RANGE = 50;

function expanded(list: string): number[] {
  const numbers = list.split(/[,;]/).flatMap((part) => {
    const [from = 0, to = from] = part.split(/[–-]/).map(Number);
    const count = Math.min(Math.max(to - from, 0), MOST_OF_A_RANGE);
    return Array.from({ length: count + 1 }, (_unused, at) => from + at);
  });
  return [...new Set(numbers)];
}

/** Headings of a section stand below its own, which is not its to write. */
function withoutTitle(body: string, heading: string): string {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
  const first = /^#{1,6}\s+(.+)\n+/.exec(body.trimStart());
  const own = first !== null && plain(first[1] ?? '') === plain(heading);
  const rest = own ? body.trimStart().slice(first[0].length) : body;
  return rest.replaceAll(/^#{1,2}(?=\s)/gm, '###').trim();
}

export const wordsOf = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** What code has found, as an editor is told. */
export function problemsIn(untraced: readonly Untraced[]): string[] {
  return untraced.map(({ kind, text }) =>
    kind === 'figure'
      ? `"${text}" stands in no fact`
      : kind === 'reference'
        ? `the reference ${text} belongs to no fact of this section`
        : `the link "${text}" must go`,
  );
}
