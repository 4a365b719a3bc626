import { debate } from '../../../workflows/patterns/debate';

interface Critique {
  readonly blocking: readonly string[];
}

export async function reviewed(steps: {
  write: () => Promise<string>;
  review: (draft: string) => Promise<Critique>;
  rewrite: (draft: string, critique: Critique) => Promise<string>;
}) {
  const result = await debate({ propose: steps.write, criticise: steps.review, revise: steps.rewrite }, { rounds: 2 });
  return result.status === 'exhausted' ? { text: result.draft, check: result.unconfirmed } : { text: result.draft, check: [] };
}
