import { END, graph } from '../../../workflows/patterns/graph';

interface Text {
  readonly draft: string;
  readonly problems: readonly string[];
}
type Step = (text: Text) => Promise<Text>;

export async function untilItPasses({ write, check, revise }: { write: Step; check: Step; revise: Step }) {
  const result = await graph(
    {
      start: 'write',
      nodes: { write, check, revise },
      edges: [
        { from: 'write', to: 'check' },
        { from: 'check', to: END, when: ({ problems }) => problems.length === 0 },
        { from: 'check', to: 'revise' },
        { from: 'revise', to: 'check' },
      ],
    },
    { draft: '', problems: [] },
    { maxVisits: { revise: 3 } },
  );
  return { text: result.state.draft, passed: result.status === 'finished', visits: result.trace.map(({ node }) => node) };
}
