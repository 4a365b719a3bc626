import type { Brief } from './brief';
import { capital } from './language';
import { CAUTIONS, CLOSINGS, CONTEXT, EVIDENCE, MEASURES, OPENINGS, PARTS, STEPS } from './sentences';
import { factSlots, type Writer } from './writer';

/** What a section is for; it decides which sentences it is made of. */
export type SectionKind = 'opening' | 'basics' | 'doing' | 'risks' | 'measuring' | 'closing';

/** Headings for an article that brings none, in the order of reading. Work-specific ones keep the topic in view. */
const HEADINGS: Readonly<Record<SectionKind, readonly string[]>> = {
  opening: ['Why {short} deserves a closer look', 'What is at stake', 'Before you start', 'The case for a careful start'],
  basics: ['The parts that matter', 'Getting the foundations right', 'What everything else depends on', 'Choosing a starting point'],
  doing: ['Step by step', 'From plan to practice', 'The work itself', 'Building the first version', 'Putting it together'],
  risks: ['Mistakes to avoid', 'Where it goes wrong', 'Honest warnings', 'Common detours'],
  measuring: ['How to tell that it works', 'Measuring progress', 'Checking the result', 'Numbers worth watching'],
  closing: ['Where to go from here', 'The next step', 'What to remember', 'Keeping it going'],
};

const ORDER: readonly SectionKind[] = ['opening', 'basics', 'doing', 'risks', 'measuring', 'closing'];

/** Which kinds a text of so many sections has; it begins with the opening and ends with the closing. */
export function sectionKinds(count: number): SectionKind[] {
  const inner: readonly SectionKind[] = ['basics', 'doing', 'risks', 'measuring'];
  const chosen: Readonly<Record<number, readonly SectionKind[]>> = {
    1: ['doing'],
    2: ['opening', 'doing'],
    3: ['opening', 'doing', 'closing'],
    4: ['opening', 'basics', 'doing', 'closing'],
    5: ['opening', 'basics', 'doing', 'risks', 'closing'],
    6: ORDER,
  };
  const short = chosen[count];
  if (short !== undefined) return [...short];
  const middle = Array.from({ length: count - 2 }, (_unused, at) => inner[Math.floor((at * inner.length) / (count - 2))] as SectionKind);
  return ['opening', ...middle, 'closing'];
}

export function headingFor(writer: Writer, kind: SectionKind): string {
  return writer.sentence(HEADINGS[kind]);
}

const KIND_WORDS: ReadonlyArray<readonly [SectionKind, RegExp]> = [
  ['closing', /conclu|next step|go from here|summar|remember|keeping it|wrap|outlook|final/i],
  ['risks', /mistake|risk|pitfall|warning|wrong|avoid|detour|challenge|limit/i],
  ['measuring', /measur|test|evaluat|check|number|metric|works?$|result|quality/i],
  ['opening', /intro|why|what is|stake|before|overview|case for|background/i],
  ['basics', /foundation|basic|part|choos|starting|prepar|prerequisite|concept|plan/i],
];

/** What a heading promises; without a hint its place decides. */
export function kindOf(heading: string, at: number, count: number): SectionKind {
  if (at === 0) return 'opening';
  const named = KIND_WORDS.find(([kind, words]) => words.test(heading) && (kind !== 'opening' || at === 0))?.[0];
  return named ?? (at === count - 1 ? 'closing' : (sectionKinds(count)[at] ?? 'doing'));
}

const RECIPES: Readonly<Record<SectionKind, ReadonlyArray<readonly (readonly string[])[]>>> = {
  opening: [[OPENINGS, CONTEXT, PARTS], [CONTEXT, OPENINGS, CONTEXT]],
  basics: [[PARTS, CONTEXT, STEPS], [PARTS, MEASURES, PARTS], [STEPS, PARTS, CAUTIONS]],
  doing: [[STEPS, STEPS, PARTS], [STEPS, PARTS, STEPS], [PARTS, STEPS, MEASURES]],
  risks: [[CAUTIONS, PARTS, STEPS], [CAUTIONS, CAUTIONS, STEPS]],
  measuring: [[MEASURES, PARTS, MEASURES], [MEASURES, STEPS, CAUTIONS]],
  closing: [[CLOSINGS, CONTEXT, CLOSINGS], [CONTEXT, CLOSINGS, CLOSINGS]],
};

/** One paragraph of three or four sentences; a given fact is worked in. */
export function paragraph(writer: Writer, kind: SectionKind, fact?: { readonly text: string; readonly source?: string }): string {
  const sets = writer.random.pick(RECIPES[kind]);
  const sentences = sets.map((templates) => writer.sentence(templates));
  if (fact !== undefined) sentences.splice(1, 0, writer.sentence(EVIDENCE, factSlots(fact)));
  return sentences.join(' ');
}

export interface ArticleShape {
  /** Words to aim at. */
  readonly words: number;
  readonly headings: readonly string[];
  /** Begin with the topic as a heading of the first level. */
  readonly title?: boolean;
}

const WORDS_PER_PARAGRAPH = 55;

/** A text in markdown: sections under the given headings, with facts of the brief and one list of steps. */
export function writeArticle(writer: Writer, { words, headings, title }: ArticleShape): string {
  const count = headings.length;
  const perSection = Math.max(1, Math.min(6, Math.round(words / WORDS_PER_PARAGRAPH / Math.max(1, count))));
  const facts = writer.random.shuffle(writer.brief.facts);
  const parts: string[] = title === true ? [`# ${writer.brief.topic.headline}`] : [];
  for (const [at, heading] of headings.entries()) {
    const kind = kindOf(heading, at, count);
    parts.push(`## ${capital(heading)}`);
    for (let paragraphs = 0; paragraphs < perSection; paragraphs += 1) parts.push(paragraph(writer, kind, facts.pop()));
    if (kind === 'doing' && perSection > 1 && !parts.some((part) => part.startsWith('1. '))) parts.push(stepList(writer));
  }
  return parts.join('\n\n');
}

function stepList(writer: Writer): string {
  const steps = Array.from({ length: 4 }, (_unused, at) => `${at + 1}. ${capital(writer.word('steps'))}.`);
  return `In short:\n\n${steps.join('\n')}`;
}

/** The headings of the given outline, or new ones. */
export function articleHeadings(writer: Writer, brief: Brief, count = 5): readonly string[] {
  return brief.headings.length > 0 ? brief.headings : sectionKinds(count).map((kind) => headingFor(writer, kind));
}
