import type { AgentOutput } from '../run/agents';
import { quoted } from '../patterns/quoted';
import type { Fact } from './competitor-findings';

export type Outline = AgentOutput<'reportOutliner'>;
export type PlannedSection = Outline['sections'][number];

/** What an outline may and must name. */
export interface OutlineRules {
  readonly sections: number;
  /** Ids of the competitors that were researched: each belongs to a section. */
  readonly competitors: readonly string[];
  readonly facts: readonly string[];
}

const WORDS_A_PAGE = 400;
const PAGES_A_SECTION = 2;
/** Short reports have a section a page. */
const SHORT = 3;

/** How many sections a report of so many pages has, and about how many words each. */
export function shapeOf(pages: number): { readonly sections: number; readonly wordsEach: number } {
  const sections = Math.max(Math.min(pages, SHORT), Math.ceil(pages / PAGES_A_SECTION));
  return { sections, wordsEach: Math.round((pages * WORDS_A_PAGE) / sections / 10) * 10 };
}

const plainHeading = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What is wrong with an outline, in words that its author can act on, the first 20 of it; empty when it holds. */
export function problemsOfOutline(outline: Outline, rules: OutlineRules): string[] {
  const problems = allProblems(outline, rules);
  const more = problems.length - MOST_PROBLEMS;
  return more > 0 ? [...problems.slice(0, MOST_PROBLEMS), `and ${more} more`] : problems;
}

const MOST_PROBLEMS = 20;

function allProblems({ sections }: Outline, rules: OutlineRules): string[] {
  const named = new Set(sections.flatMap(({ competitorIds }) => competitorIds));
  const left = rules.competitors.filter((id) => !named.has(id));
  return [
    ...(sections.length === rules.sections ? [] : [`it has ${sections.length} sections; exactly ${rules.sections} are asked for`]),
    ...repeated(sections.map(({ id }) => id)).map((id) => `the id "${id}" is given to several sections; each needs its own`),
    ...repeated(sections.map(({ heading }) => plainHeading(heading))).map((heading) => `several sections have the heading "${heading}"`),
    ...sections.flatMap((section) => problemsOfSection(section, rules)),
    ...(left.length === 0 ? [] : [`no section is about ${quoted(left)}; every competitor belongs to at least one`]),
  ];
}

function problemsOfSection({ id, heading, competitorIds, factIds }: PlannedSection, { competitors, facts }: OutlineRules): string[] {
  const strangers = competitorIds.filter((each) => !competitors.includes(each));
  const unknown = factIds.filter((each) => !facts.includes(each));
  return [
    ...(plainHeading(heading) === '' ? [`the section "${id}" has no heading`] : []),
    ...(strangers.length === 0 ? [] : [`the section "${id}" names ${quoted(strangers)}; the competitors are ${quoted(competitors)}`]),
    ...(unknown.length === 0 ? [] : [`the section "${id}" names the facts ${quoted(unknown)}, which do not exist`]),
    ...(factIds.length + competitorIds.length === 0 ? [`the section "${id}" names neither a competitor nor a fact`] : []),
  ];
}

const repeated = (values: readonly string[]): string[] => [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];

/** The outline as far as it holds: what does not exist or is said twice is left out, and competitors without a section get one. */
export function mendedOutline({ title, sections }: Outline, { sections: most, competitors, facts }: OutlineRules): Outline {
  const headings = sections.map(({ heading }) => plainHeading(heading));
  const kept = sections
    .filter((_section, at) => headings[at] !== '' && headings.indexOf(headings[at] as string) === at)
    .slice(0, most)
    .map((section, at) => ({
      ...section,
      id: `section-${at + 1}`,
      competitorIds: section.competitorIds.filter((id) => competitors.includes(id)),
      factIds: section.factIds.filter((id) => facts.includes(id)),
    }));
  const named = new Set(kept.flatMap(({ competitorIds }) => competitorIds));
  for (const id of competitors.filter((each) => !named.has(each))) {
    const emptiest = [...kept].sort((a, b) => a.competitorIds.length - b.competitorIds.length)[0];
    emptiest?.competitorIds.push(id);
  }
  return { title, sections: kept };
}

const MOST_FACTS = 40;

/** The facts that the outline names, or those of its competitors when it names none; in the order of the findings. */
export function factsFor({ competitorIds, factIds }: PlannedSection, facts: readonly Fact[]): Fact[] {
  const named = facts.filter(({ id }) => factIds.includes(id));
  const own = named.length > 0 ? named : facts.filter(({ competitor }) => competitor !== null && competitorIds.includes(competitor));
  return (own.length > 0 ? own : [...facts]).slice(0, MOST_FACTS);
}
