import { FailureType, failure } from '../../common/failures';
import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { fanOut } from '../patterns/fan-out';
import { agents } from '../run/agents';
import { degrade } from '../run/degrade';
import { failFast } from '../run/fail-fast';
import { stage } from '../run/stage';
import { collectFindings, type Findings, type Studied } from './competitor-findings';
import { distinctCompetitors, type Competitor } from './competitor-names';
import { reportOf, type Failed } from './competitor-result';
import { analysePrices } from './price-analysis';
import { planReport } from './report-plan';
import { writeSections } from './report-sections';

type Input = PipelineInput<'competitorReport'>;

const RESEARCHERS = 5;

/**
 * Competitor report.
 *
 *   competitorScout → competitorResearcher × competitors → (pricingAnalyst ∥ reportOutliner) → reportSection × sections → assembly
 *
 * The sections are child workflows: each gets the facts that it needs, writes and edits.
 */
export async function competitorReport(input: Input): Promise<PipelineResult<'competitorReport'>> {
  const competitors = await discover(input);
  const { studied, failed } = await stage('research', () => research(input, competitors));
  const findings: Findings = collectFindings(studied, input.ours);
  const [analysis, outline] = await stage('prices and outline', () =>
    Promise.all([analysePrices(input, findings), planReport(input, findings)]),
  );
  const written = await stage('sections', () => writeSections({ input, findings, sections: outline.sections }));
  return reportOf({ input, findings, outline, analysis, sections: written, notResearched: failed });
}

/** Those that the caller names, or about as many as are asked for from a scout. */
async function discover({ market, ours, competitors, howMany }: Input): Promise<Competitor[]> {
  const listed =
    competitors ??
    (await stage('discovery', () => agents.competitorScout({ market, howMany, ...(ours !== undefined && { ours: ours.name }) })))
      .competitors;
  const distinct = distinctCompetitors(listed, ours?.name).slice(0, competitors === undefined ? howMany : undefined);
  if (distinct.length > 0) return distinct;
  throw failure({
    type: FailureType.StepFailed,
    message: `Cannot report on competitors: none was found for "${market.slice(0, 80)}"; name some in "competitors"`,
  });
}

interface Research {
  readonly studied: readonly Studied[];
  readonly failed: readonly Failed[];
}

/** One researcher each; half of them are enough. */
async function research({ market, ours, audience }: Input, competitors: readonly Competitor[]): Promise<Research> {
  const about = { market, audience, ...(ours !== undefined && { ours }) };
  const { branches } = await failFast((cancelRest) =>
    fanOut(
      competitors.map(({ name }) => name),
      (name, at) => {
        const url = competitors[at]?.url;
        return agents.competitorResearcher({ ...about, competitor: { name, ...(url !== undefined && { url }) } }, { label: name });
      },
      {
        atLeast: Math.ceil(competitors.length / 2),
        concurrency: RESEARCHERS,
        cancelRest,
        onFailed: (name, error) => degrade(`competitorResearcher/${name}`, error, 'a report that says "not researched"'),
      },
    ),
  );
  const studied = competitors.map((competitor, at): Studied => {
    const branch = branches[at];
    return branch?.status === 'done' ? { competitor, study: branch.output } : { competitor };
  });
  const failed = branches.flatMap((branch) => (branch.status === 'done' ? [] : [{ name: branch.item, error: branch.error }]));
  return { studied, failed };
}
