import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { sequence } from '../patterns/sequence';
import { callRole } from '../run/agents';
import { degrade } from '../run/degrade';
import { stage } from '../run/stage';

/**
 * Stages: a sequence handed in as data.
 *
 *   topic → stage 1 → stage 2 → … → stage n
 */
export async function stages({ topic, stages: list }: PipelineInput<'stages'>): Promise<PipelineResult<'stages'>> {
  const { output, stages: outcomes } = await sequence(
    '',
    list.map(({ name, system, tier, model, max_tokens: maxTokens, critical }) => ({
      name,
      critical,
      run: (previous: string) =>
        stage(name, async () => {
          const role = { name, system, maxTokens, ...(tier && { tier }), ...(model && { model }) };
          return (await callRole({ role, prompt: promptOf(topic, previous) })).text;
        }),
    })),
    { onSkipped: (name, error) => degrade(`agent/${name}`, error, 'the text of the stage before') },
  );
  return { text: output, stages: outcomes.map(({ name, status, output: text }) => ({ name, status, text })) };
}

function promptOf(topic: string, previous: string): string {
  const task = `<topic>\n${topic}\n</topic>`;
  return previous === '' ? task : `${task}\n\n<previous>\n${previous}\n</previous>`;
}
