import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { agents } from '../run/agents';
import { optional } from '../run/degrade';
import { stage } from '../run/stage';
import { checkSection, problemsIn, wordsOf } from './section-text';

/**
 * One section of a report.
 *
 *   sectionWriter → check → sectionEditor → check
 */
export async function reportSection(input: PipelineInput<'reportSection'>): Promise<PipelineResult<'reportSection'>> {
  const { topic, audience, heading, purpose, words, others } = input;
  const facts = input.facts.map((fact) => ({ claim: cited(fact) }));
  const grounds = { heading, facts: input.facts, told: [topic], names: input.names };
  const task = { topic, audience, heading, purpose, words, facts };

  const { body: draft } = await stage('write', () => agents.sectionWriter({ ...task, others }));
  const written = checkSection(draft, grounds);
  const revised = await stage('edit', () =>
    optional<string | null>(
      'sectionEditor',
      async () => (await agents.sectionEditor({ ...task, draft, problems: problemsIn(written.untraced) })).body,
      () => ({ value: null, instead: 'the section as the writer wrote it' }),
    ),
  );
  const { text, references, untraced } = revised === null ? written : checkSection(revised, grounds);
  return {
    heading,
    body: text,
    references: [...references],
    words: wordsOf(text),
    untraced: [...untraced],
    edited: revised !== null,
  };
}

/** `The claim [3][4].` */
function cited({ claim, sources }: PipelineInput<'reportSection'>['facts'][number]): string {
  if (sources.length === 0) return claim;
  return `${claim.replace(/[.\s]+$/, '')} ${sources.map((number) => `[${number}]`).join('')}.`;
}
