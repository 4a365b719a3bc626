import { bestOf } from '../../../workflows/patterns/best-of';
import { variantsOf } from '../../../workflows/patterns/variants';
import { agents } from '../../../workflows/run/agents';

/** Stands for the pipeline of that name: three titles from the very same request, one after the other. */
export async function brief({ topic }: { topic: string }): Promise<unknown> {
  const { winner, candidates } = await bestOf(
    variantsOf(['the same wording'], 3),
    {
      propose: async ({ sample }) => (await agents.title({ topic, draft: topic }, { label: 'candidate', sample })).title,
      judge: async () => ({ index: 1, reason: 'It is the second.' }),
    },
    { concurrency: 1 },
  );
  return { winner, titles: candidates.map((candidate) => candidate.status === 'done' && candidate.output) };
}
