import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { fanOut } from '../patterns/fan-out';
import { agents } from '../run/agents';
import { degrade } from '../run/degrade';
import { failFast } from '../run/fail-fast';
import { stage } from '../run/stage';

/**
 * Parallel research: one researcher for each viewpoint.
 *
 *   researcher × viewpoints → synthesizer
 */
export async function parallelResearch({
  topic,
  viewpoints,
  atLeast = viewpoints.length,
}: PipelineInput<'parallelResearch'>): Promise<PipelineResult<'parallelResearch'>> {
  const { outputs: reports } = await stage('research', () =>
    failFast((cancelRest) =>
      fanOut(viewpoints, (angle) => agents.researcher({ topic, angle }, { label: angle }), {
        atLeast,
        cancelRest,
        onFailed: (angle, error) => degrade(`researcher/${angle}`, error, 'a synthesis without this viewpoint'),
      }),
    ),
  );
  const combined = await stage('synthesis', () => agents.synthesizer({ topic, reports }));
  return { ...combined, reports };
}
