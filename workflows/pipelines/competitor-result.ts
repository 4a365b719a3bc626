import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { reasonOf } from '../patterns/step-failure';
import type { Findings } from './competitor-findings';
import type { Analysis } from './price-analysis';
import { assembleReport } from './report-assembly';
import type { Outline } from './report-outline';
import type { ReportSection } from './report-sections';

type Result = PipelineResult<'competitorReport'>;

/** A competitor whose researcher failed. */
export interface Failed {
  readonly name: string;
  readonly error: unknown;
}

interface Parts {
  readonly input: PipelineInput<'competitorReport'>;
  readonly findings: Findings;
  readonly outline: Outline;
  readonly analysis: Analysis;
  readonly sections: readonly ReportSection[];
  readonly notResearched: readonly Failed[];
}

/** The report with everything that it was made of. */
export function reportOf({ input: { ours }, findings, outline, analysis, sections, notResearched }: Parts): Result {
  const missing: Result['missing'] = [
    ...notResearched.map(({ name, error }) => ({ what: 'competitor' as const, name, why: `not researched: ${reasonOf(error)}` })),
    ...sections.flatMap(({ heading, why }) => (why === null ? [] : [{ what: 'section' as const, name: heading, why }])),
    ...(findings.prices.length > 0 ? [] : [{ what: 'prices' as const, name: 'all', why: 'no page that was found states one' }]),
    ...(analysis.why === null ? [] : [{ what: 'analysis' as const, name: 'of prices', why: analysis.why }]),
  ];
  const untraced = analysis.untraced.map((text) => ({ place: 'prices', kind: 'figure' as const, text }));
  const { competitors, prices, comparisons, sources } = findings;
  return {
    ...assembleReport({ title: outline.title, ours: ours?.name, findings, analysis: analysis.text, sections, untraced, missing }),
    competitors: [...competitors],
    pricing: { prices: [...prices], comparisons: [...comparisons], analysis: analysis.text, figures: [...analysis.figures] },
    sources: [...sources],
    missing,
  };
}
