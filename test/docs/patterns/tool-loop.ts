import { toolLoop } from '../../../workflows/patterns/tool-loop';

interface Call {
  readonly tool: string;
  readonly query: string;
}

type Turn = { readonly answer: string } | { readonly calls: readonly Call[] };

export async function lookUp(model: (said: readonly string[]) => Promise<Turn>, search: (query: string) => Promise<string>) {
  const result = await toolLoop<Call, string, string, readonly string[]>({
    maxTurns: 5,
    turn: async (said, results) => {
      const state = [...(said ?? []), ...results.map(({ reply }) => reply)];
      const turn = await model(state);
      return 'answer' in turn ? { kind: 'answered', output: turn.answer, state } : { kind: 'tools', calls: turn.calls, state };
    },
    callTool: ({ query }) => search(query),
    approve: ({ tool }) => (tool === 'delete' ? Promise.resolve({ decision: 'reject', reason: 'reading only' }) : null),
    describeError: (error) => `error: ${String(error)}`,
    describeRefusal: (reason) => `refused: ${reason}`,
  });
  return result.status === 'answered' ? result.output : `no answer after ${result.turns} turns`;
}
