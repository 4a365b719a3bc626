import fc from 'fast-check';

import { FailureType } from '../../../common/failures';
import { END, graph, type Edge } from '../../../workflows/patterns/graph';
import { broken, runWide } from './branches';

type Name = 'draft' | 'check' | 'revise';
interface State {
  readonly text: string;
  readonly good: number;
}

/** Draft, check, revise until the text is long enough. */
const nodes = {
  draft: async (state: State) => ({ ...state, text: 'd' }),
  check: async (state: State) => state,
  revise: async (state: State, visit: number) => ({ ...state, text: `${state.text}${visit}` }),
};
const edges: ReadonlyArray<Edge<State, Name>> = [
  { from: 'draft', to: 'check' },
  { from: 'check', to: END, when: ({ text, good }) => text.length >= good },
  { from: 'check', to: 'revise' },
  { from: 'revise', to: 'check' },
];
const loop = { start: 'draft' as const, nodes, edges };

describe('graph()', () => {
  it('goes round a cycle until its check passes', async () => {
    const { status, state, trace } = await graph(loop, { text: '', good: 3 });
    expect({ status, state }).toEqual({ status: 'finished', state: { text: 'd12', good: 3 } });
    expect(trace.map(({ node, visit, to }) => `${node} ${visit} → ${to}`)).toEqual([
      'draft 1 → check',
      'check 1 → revise',
      'revise 1 → check',
      'check 2 → revise',
      'revise 2 → check',
      'check 3 → END',
    ]);
  });

  it('ends within its bounds, on a walk that its edges allow, whatever the graph', async () => {
    const names = ['a', 'b', 'c', 'd'] as const;
    const name = fc.constantFrom(...names);
    const edge = fc.record({ from: name, to: fc.oneof(name, fc.constant(END)), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          drawn: fc.array(edge, { maxLength: 10 }),
          seed: fc.nat(255),
          maxSteps: fc.integer({ min: 1, max: 30 }),
          maxVisits: fc.integer({ min: 1, max: 6 }),
        }),
        async ({ drawn, seed, maxSteps, maxVisits }) => {
          const holds = (bit: number) => (state: number) => ((state >> bit) & 1) === 1;
          const list = drawn.map(({ from, to, bit }) => ({ from, to, when: holds(bit) }));
          const ran: string[] = [];
          const node = (letter: string) => async (state: number) => {
            ran.push(letter);
            return (state * 5 + letter.charCodeAt(0)) % 256;
          };
          const all = { a: node('a'), b: node('b'), c: node('c'), d: node('d') };
          const result = await graph({ start: 'a', nodes: all, edges: list }, seed, { maxSteps, maxVisits });
          expect(result.trace.map((visit) => visit.node)).toEqual(ran);
          expect(ran.length).toBeLessThanOrEqual(maxSteps);
          for (const one of names) expect(ran.filter((letter) => letter === one).length).toBeLessThanOrEqual(maxVisits);
          result.trace.slice(1).forEach((visit, index) => expect(result.trace[index]?.to).toBe(visit.node));
          const last = result.trace.at(-1);
          const leaving = drawn.filter(({ from }) => from === last?.node);
          if (result.status === 'finished') expect(last?.to === END || leaving.length === 0).toBe(true);
          else if (result.status === 'stuck') expect(leaving.some(({ bit }) => holds(bit)(result.state))).toBe(false);
          else {
            expect(last?.to).toBe(result.node);
            const visits = ran.filter((letter) => letter === result.node).length;
            expect(result.bound === 'maxSteps' ? ran.length : visits).toBe(result.bound === 'maxSteps' ? maxSteps : maxVisits);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('walks the same way every time', async () => {
    const walk = async () => (await graph(loop, { text: '', good: 5 })).trace;
    expect(await walk()).toEqual(await walk());
  });

  it('says which bound stopped it and where, with the state so far', async () => {
    const never = { text: '', good: 1_000 };
    await expect(graph(loop, never, { maxSteps: 4 })).resolves.toMatchObject({
      status: 'exhausted',
      bound: 'maxSteps',
      node: 'revise',
      state: { text: 'd1' },
    });
    await expect(graph(loop, never, { maxVisits: { revise: 2 } })).resolves.toMatchObject({
      status: 'exhausted',
      bound: 'maxVisits',
      node: 'revise',
      state: { text: 'd12' },
    });
  });

  it('has bounds when none are given', async () => {
    const { status, trace } = await graph(loop, { text: '', good: 1_000 });
    expect(status).toBe('exhausted');
    expect(trace.filter(({ node }) => node === 'check')).toHaveLength(10);
  });

  it('is stuck where no condition holds, and finished where no edge leaves', async () => {
    const stuck = { start: 'draft' as const, nodes, edges: [{ from: 'draft' as const, to: END, when: () => false } as const] };
    await expect(graph(stuck, { text: '', good: 1 })).resolves.toMatchObject({ status: 'stuck', node: 'draft', state: { text: 'd' } });
    await expect(graph({ ...stuck, edges: [] }, { text: '', good: 1 })).resolves.toMatchObject({ status: 'finished' });
  });

  it('refuses a graph with unknown names before anything runs, naming all of them', async () => {
    const draft = jest.fn(nodes.draft);
    const definition = {
      start: 'begin' as Name,
      nodes: { ...nodes, draft },
      edges: [{ from: 'toString' as Name, to: 'draft' as const }, { from: 'draft' as const, to: 'publish' as Name }, ...edges],
    };
    await expect(graph(definition, { text: '', good: 1 }, { maxVisits: { ghost: 1 } as object })).rejects.toMatchObject({
      type: FailureType.InvalidInput,
      message:
        'Cannot run the graph: the start "begin" is no node; an edge leaves "toString", which is no node; an edge leads from "draft" to ' +
        '"publish", which is no node; the edge from "draft" to "check" can never be taken: one before it always holds; \'maxVisits\' names ' +
        '"ghost", which is no node; the nodes are "draft", "check", "revise"',
    });
    expect(draft).not.toHaveBeenCalled();
  });

  it('refuses a node called like the end', async () => {
    const run = graph({ start: END, nodes: { [END]: async (state: number) => state }, edges: [] }, 0);
    await expect(run).rejects.toThrow('a node is called "END", which stands for the end');
  });

  it.each([
    [{ maxSteps: 0 }, "'maxSteps' must be a whole number from 1; current value is 0"],
    [{ maxVisits: 1.5 }, "'maxVisits' must be a whole number from 1; current value is 1.5"],
    [{ maxVisits: { check: 0 } }, "'maxVisits.check' must be a whole number from 1; current value is 0"],
  ])('refuses %j', async (options, message) => {
    await expect(graph(loop, { text: '', good: 1 }, options)).rejects.toThrow(message);
  });

  it('names the node that failed and keeps the type of its failure', async () => {
    const failing = { ...loop, nodes: { ...nodes, check: async () => Promise.reject(broken('no verdict')) } };
    await expect(graph(failing, { text: '', good: 1 })).rejects.toMatchObject({
      type: FailureType.OutputRejected,
      message: 'Cannot finish node "check": Cannot use the answer: no verdict',
    });
  });

  it.each(runWide)('passes on %s as it is', async (_, error) => {
    const failing = { ...loop, nodes: { ...nodes, check: async () => Promise.reject(error) } };
    await expect(graph(failing, { text: '', good: 1 })).rejects.toBe(error);
  });
});
