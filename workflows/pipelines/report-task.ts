import type { PipelineInput, PipelineRequest } from '../../common/pipelines/types';
import type { Findings } from './competitor-findings';
import { factsFor, shapeOf, type PlannedSection } from './report-outline';

/** A report whose sections are handed out. */
export interface PlannedReport {
  readonly input: PipelineInput<'competitorReport'>;
  readonly findings: Findings;
  readonly sections: readonly PlannedSection[];
}

/**
 * What the writer of one section is told: its own facts, and what the others are about.
 * @param at place of the section in the report, from 0
 */
export function sectionTask({ input, findings, sections }: PlannedReport, at: number): PipelineRequest<'reportSection'> {
  const section = sections[at];
  if (section === undefined) throw new RangeError(`Cannot hand out section ${at}: the report has ${sections.length}`);
  const { market, audience, pages, ours } = input;
  const { competitors, prices, facts } = findings;
  const names = new Set([
    ...competitors.map(({ name }) => name),
    ...prices.map(({ plan }) => plan),
    ...(ours === undefined ? [] : [ours.name, ...(ours.price?.plan === undefined ? [] : [ours.price.plan])]),
  ]);
  return {
    topic: market,
    audience,
    heading: section.heading,
    purpose: section.purpose,
    words: shapeOf(pages).wordsEach,
    facts: factsFor(section, facts).map(({ claim, sources }) => ({ claim, sources: [...sources] })),
    names: [...names].filter((name) => /\d/.test(name)),
    others: sections.filter((other) => other !== section).map(({ heading }) => heading),
  };
}
