import type { Brief, GivenFact } from './brief';
import { capital } from './language';
import { CAUTIONS, CLOSINGS, CONTEXT, EVIDENCE, MEASURES, OPENINGS, PARTS, STEPS } from './sentences';
import { factSlots, type Writer } from './writer';

/** What a section is for; it decides which sentences it is made of. */
export type SectionKind = 'opening' | 'basics' | 'doing' | 'risks' | 'measuring' | 'closing';

/** Headings for an article that brings none, in the order of reading. Work-specific ones keep the topic in view. */
const HEADINGS: Readonly<Record<SectionKind, readonly string[]>> = {
  opening: ['What {work} promises', 'The case for {thing}', 'What is at stake', 'Before you start', 'The problem in plain words'],
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

/** For texts with more sections than there are headings of a kind. */
const HEADINGS_OF_MANY = [
  'Where {part} decides',
  'What {measure} shows',
  'How {people} choose',
  'The price of {pitfall}',
  'What {gain} is worth',
  '{Part} compared',
  'Why {people} ask for {gain}',
  'Who gains by {part}',
  'How {part} changes',
  '{Part} and {measure}',
] as const;
const FEW = 6;

/** @param count sections of the text */
export function headingFor(writer: Writer, kind: SectionKind, count = FEW): string {
  return writer.sentence(count > FEW ? HEADINGS_OF_MANY : HEADINGS[kind]);
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
  opening: [
    [OPENINGS, CONTEXT, PARTS],
    [OPENINGS, PARTS, CONTEXT],
  ],
  basics: [
    [PARTS, CONTEXT, STEPS],
    [PARTS, MEASURES, PARTS],
    [STEPS, PARTS, CAUTIONS],
  ],
  doing: [
    [STEPS, STEPS, PARTS],
    [STEPS, PARTS, STEPS],
    [PARTS, STEPS, MEASURES],
  ],
  risks: [
    [CAUTIONS, PARTS, STEPS],
    [CAUTIONS, CAUTIONS, STEPS],
  ],
  measuring: [
    [MEASURES, PARTS, MEASURES],
    [MEASURES, STEPS, CAUTIONS],
  ],
  closing: [
    [CLOSINGS, CONTEXT, CLOSINGS],
    [CONTEXT, CLOSINGS, CLOSINGS],
  ],
};

/** Recipes of the later paragraphs of a section: an opening opens once, and a closing closes at its end. */
const LATER: Readonly<Partial<Record<SectionKind, SectionKind>>> = { opening: 'basics', closing: 'measuring' };

/** One paragraph of three or four sentences; a given fact is worked in. */
export function paragraph(writer: Writer, kind: SectionKind, fact?: GivenFact): string {
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

const WORDS_PER_PARAGRAPH = 58;
/** Of the paragraphs after a section's first, how many carry a given fact. */
const LATER_FACTS = 0.4;

/** A text in markdown: sections under the given headings, with facts of the brief and one list of steps. */
export function writeArticle(writer: Writer, { words, headings, title }: ArticleShape): string {
  const count = headings.length;
  const each = Math.max(1, Math.min(12, Math.round(words / WORDS_PER_PARAGRAPH / Math.max(1, count))));
  const facts = writer.random.shuffle(writer.brief.facts);
  const sections = headings.map((heading, at) => [
    `## ${capital(heading)}`,
    ...section(writer, { kind: kindOf(heading, at, count), paragraphs: each, facts }),
  ]);
  const doing = sections[headings.findIndex((heading, at) => kindOf(heading, at, count) === 'doing')];
  if (doing !== undefined && each > 1) doing.push(stepList(writer));
  const head = title === true ? [`# ${writer.brief.topic.headline}`] : [];
  return [...head, ...sections.flat()].join('\n\n');
}

interface SectionShape {
  readonly kind: SectionKind;
  readonly paragraphs: number;
  /** Facts not used yet; what is used is taken out. */
  readonly facts: GivenFact[];
}

function section(writer: Writer, { kind, paragraphs, facts }: SectionShape): string[] {
  const last = paragraphs - 1;
  return Array.from({ length: paragraphs }, (_unused, at) => {
    const later = kind === 'closing' ? at < last : at > 0;
    const fact = at === 0 || writer.random.chance(LATER_FACTS) ? facts.pop() : undefined;
    return paragraph(writer, later ? (LATER[kind] ?? kind) : kind, fact);
  });
}

function stepList(writer: Writer): string {
  const steps = Array.from({ length: 4 }, (_unused, at) => `${at + 1}. ${capital(writer.word('steps'))}.`);
  return `In short:\n\n${steps.join('\n')}`;
}

/** The headings of the given outline, or new ones. */
export function articleHeadings(writer: Writer, brief: Brief, count = 5): readonly string[] {
  return brief.headings.length > 0 ? brief.headings : sectionKinds(count).map((kind) => headingFor(writer, kind));
}
