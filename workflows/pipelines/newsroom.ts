import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { fanOut } from '../patterns/fan-out';
import { merge } from '../patterns/merge';
import { agents } from '../run/agents';
import { degrade, optional } from '../run/degrade';
import { failFast } from '../run/fail-fast';
import { recordRoute } from '../run/route-attribute';
import { stage } from '../run/stage';
import { applyCorrections, type Correction } from './corrections';

const ANGLES = {
  technical: ['fundamentals', 'use cases', 'pitfalls'],
  general: ['background', 'what it means for the reader', 'open questions'],
} as const;

/**
 * Newsroom.
 *
 *   newsRouter → (researcher ×3 ∥ newsOutliner) → newsBriefer → newsWriter → (factChecker ∥ copyEditor) → assembly
 */
export async function newsroom({ topic, audience }: PipelineInput<'newsroom'>): Promise<PipelineResult<'newsroom'>> {
  const assignment = await stage('assign', () => assign(topic, audience));
  const { length, kind } = assignment;
  const told = { topic, audience, assignment: { length, kind } };
  const [findings, { sections: outline }] = await stage('research and outline', () =>
    Promise.all([research({ topic, audience, angles: ANGLES[kind] }), agents.newsOutliner(told)]),
  );
  const { combined: brief, conflicts } = await stage('brief', () =>
    merge(
      findings.map((content) => ({ name: content.angle, content })),
      (_reports, problems) => agents.newsBriefer({ ...told, findings, outline, ...(problems.length > 0 && { problems: [...problems] }) }),
      { ifInvalid: 'set aside' },
    ),
  );
  const { headline, draft } = await stage('write', () => agents.newsWriter({ ...told, brief }));
  const [facts, edits] = await stage('check and edit', () =>
    Promise.all([
      corrections('factChecker', () => agents.factChecker({ topic, draft, findings }), 'the text without a check of its facts'),
      corrections('copyEditor', () => agents.copyEditor({ topic, audience, draft }), 'the text as the writer wrote it'),
    ]),
  );
  const assembled = applyCorrections(draft, [
    { by: 'factChecker', corrections: facts },
    { by: 'copyEditor', corrections: edits },
  ]);
  return {
    headline,
    text: assembled.text,
    corrections: [...assembled.corrections],
    draft,
    assignment,
    conflicts: conflicts.map(({ between, about, settled }) => ({ between: [...new Set(between)], about, settled })),
    findings,
  };
}

type Assignment = PipelineResult<'newsroom'>['assignment'];

/** Router: a newsroom without an answer of its assignment editor writes the article that serves most readers. */
async function assign(topic: string, audience: string): Promise<Assignment> {
  const assignment = await optional<Assignment>(
    'newsRouter',
    () => agents.newsRouter({ topic, audience }),
    () => ({ value: { length: 'long', kind: 'general', reason: 'not decided by the router' }, instead: 'a long, general article' }),
  );
  recordRoute(`${assignment.length} ${assignment.kind}`, null);
  return assignment;
}

interface Research {
  readonly topic: string;
  readonly audience: string;
  readonly angles: readonly string[];
}

/** One researcher an angle; two angles are enough. The angle is the one that was asked for, whatever the researcher calls it. */
async function research({ topic, audience, angles }: Research): Promise<PipelineResult<'newsroom'>['findings']> {
  const { branches } = await failFast((cancelRest) =>
    fanOut(angles, (angle) => agents.researcher({ topic, angle, audience }, { label: angle }), {
      atLeast: 2,
      cancelRest,
      onFailed: (angle, error) => degrade(`researcher/${angle}`, error, 'an article without this angle'),
    }),
  );
  return branches.flatMap(({ item: angle, ...branch }) => (branch.status === 'done' ? [{ ...branch.output, angle }] : []));
}

/** A reviewer who fails leaves the text as it is, and the result says so. */
function corrections(
  reviewer: string,
  review: () => Promise<{ corrections: readonly Correction[] }>,
  instead: string,
): Promise<readonly Correction[]> {
  return optional<readonly Correction[]>(
    reviewer,
    async () => (await review()).corrections,
    () => ({ value: [], instead }),
  );
}
