import { FailureType, failure } from '../../common/failures';
import type { PipelineInput } from '../../common/pipelines/types';
import { agents } from '../run/agents';
import { degrade } from '../run/degrade';
import type { Findings } from './competitor-findings';
import { mendedOutline, problemsOfOutline, shapeOf, type Outline } from './report-outline';

/** Has the report planned. An outline that does not hold is sent back once; then code keeps what holds of it. */
export async function planReport(
  { market, audience, ours, pages }: PipelineInput<'competitorReport'>,
  findings: Findings,
): Promise<Outline> {
  const { sections, wordsEach } = shapeOf(pages);
  const researched = findings.competitors.flatMap(({ id, name, positioning }) => (positioning === null ? [] : [{ id, name, positioning }]));
  const task = {
    market,
    audience,
    ...(ours !== undefined && { ours: ours.name }),
    sectionCount: sections,
    wordsEach,
    competitors: researched,
    facts: findings.facts.map(({ id, claim }) => ({ id, claim })),
  };
  const rules = { sections, competitors: researched.map(({ id }) => id), facts: findings.facts.map(({ id }) => id) };

  const first = await agents.reportOutliner(task);
  const problems = problemsOfOutline(first, rules);
  if (problems.length === 0) return first;
  const second = await agents.reportOutliner({ ...task, previous: first, problems });
  const left = problemsOfOutline(second, rules);
  if (left.length === 0) return second;
  const mended = mendedOutline(second, rules);
  const error = failure({ type: FailureType.StepFailed, message: `Cannot use the outline as it is: ${left.join('; ')}` });
  if (mended.sections.length === 0) throw error;
  degrade('reportOutliner', error, 'the outline as far as it holds');
  return mended;
}
