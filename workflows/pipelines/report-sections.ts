import type { PipelineInput, PipelineRequest } from '../../common/pipelines/types';
import { fanOut } from '../patterns/fan-out';
import { reasonOf } from '../patterns/step-failure';
import { runChild } from '../run/child';
import { degrade } from '../run/degrade';
import { failFast } from '../run/fail-fast';
import type { Findings } from './competitor-findings';
import type { WrittenSection } from './report-assembly';
import { factsFor, shapeOf, type Outline, type PlannedSection } from './report-outline';

const SIDE_BY_SIDE = 8;

/** A section of the report, and why it is missing if it is. */
export interface ReportSection extends WrittenSection {
  readonly why: string | null;
}

/** Every section in a child of its own, half of them at least; one that fails leaves its heading. */
export async function writeSections(
  input: PipelineInput<'competitorReport'>,
  findings: Findings,
  { sections }: Outline,
): Promise<readonly ReportSection[]> {
  const labelled = sections.map((section, at) => ({ ...section, label: `${at + 1}. ${section.heading.replaceAll(/\s+/g, ' ')}` }));
  let atWork = 0;
  const { branches } = await failFast((cancelRest) =>
    fanOut(
      labelled,
      async ({ label, ...section }, at) => {
        // What is left is for the places that are free now: those who work have theirs, and leave to the next what they did not use.
        const free = Math.min(SIDE_BY_SIDE - atWork, sections.length - at);
        atWork += 1;
        try {
          const task = taskOf({ input, findings, section, sections });
          const { result, degraded } = await runChild('reportSection', task, { label, share: 1 / free });
          for (const { reason, instead } of degraded) degrade(`reportSection/${label}`, new Error(reason), instead);
          return result;
        } finally {
          atWork -= 1;
        }
      },
      {
        atLeast: Math.ceil(sections.length / 2),
        concurrency: SIDE_BY_SIDE,
        cancelRest,
        onFailed: ({ label }, error) => degrade(`reportSection/${label}`, error, 'its heading without a text'),
      },
    ),
  );
  return branches.map(({ item: { heading }, ...branch }) =>
    branch.status === 'done'
      ? { heading, body: branch.output.body, untraced: branch.output.untraced, why: null }
      : { heading, body: null, untraced: [], why: reasonOf(branch.error) },
  );
}

interface Task {
  readonly input: PipelineInput<'competitorReport'>;
  readonly findings: Findings;
  readonly section: PlannedSection;
  readonly sections: readonly PlannedSection[];
}

/** What a section's writer is told: its own facts, and what the others are about. */
function taskOf({ input: { market, audience, pages, ours }, findings, section, sections }: Task): PipelineRequest<'reportSection'> {
  const { competitors, prices } = findings;
  return {
    topic: market,
    audience,
    heading: section.heading,
    purpose: section.purpose,
    words: shapeOf(pages).wordsEach,
    facts: factsFor(section, findings.facts).map(({ claim, sources }) => ({ claim, sources: [...sources] })),
    names: [
      ...new Set([...competitors.map(({ name }) => name), ...prices.map(({ plan }) => plan), ...(ours === undefined ? [] : [ours.name])]),
    ].filter((name) => /\d/.test(name)),
    others: sections.filter((other) => other !== section).map(({ heading }) => heading),
  };
}
