import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { route } from '../patterns/route';
import { agents } from '../run/agents';
import { degrade } from '../run/degrade';
import { recordRoute } from '../run/route-attribute';
import { stage } from '../run/stage';

/**
 * Ask, the specialist desk.
 *
 *   deskRouter → codeSpecialist | dataSpecialist | writingSpecialist | researchSpecialist | generalist
 */
export async function ask({ question, material, minConfidence }: PipelineInput<'ask'>): Promise<PipelineResult<'ask'>> {
  const asked = { question, ...(material !== undefined && { material }) };
  const { output, decision } = await route(
    {
      classify: () => stage('classify', () => agents.deskRouter(asked)),
      specialists: {
        code: () => stage('answer', () => agents.codeSpecialist(asked)),
        data: () => stage('answer', () => agents.dataSpecialist(asked)),
        writing: () => stage('answer', () => agents.writingSpecialist(asked)),
        research: () => stage('answer', () => agents.researchSpecialist(asked)),
        general: () => stage('answer', () => agents.generalist(asked)),
      },
      fallback: 'general',
    },
    {
      minConfidence,
      ifClassifierFails: 'fallback',
      ifSpecialistFails: 'fallback',
      onRouted: ({ route: choice, why, classified, confidence, error }) => {
        recordRoute(choice, confidence);
        if (why === 'classifier failed') degrade('deskRouter', error, 'the generalist');
        if (why === 'specialist failed') degrade(`${classified}Specialist`, error, 'the generalist');
      },
    },
  );
  const { route: choice, why, classified, confidence } = decision;
  return { ...output, routing: { route: choice, why, classified, confidence } };
}
