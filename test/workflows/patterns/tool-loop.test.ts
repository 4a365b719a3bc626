import { CancelledFailure } from '@temporalio/common';
import fc from 'fast-check';

import { FailureType, failure } from '../../../common/failures';
import { toolLoop, type Approval, type LoopResult, type LoopTurn, type ToolLoopSteps } from '../../../workflows/patterns/tool-loop';

interface Call {
  readonly id: string;
  readonly fails?: boolean;
  /** Ticks that the tool takes. */
  readonly ticks?: number;
}
type State = readonly string[];
type Steps = ToolLoopSteps<Call, string, string, State>;

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A model that asks for these calls, turn by turn, then answers; it notes what it was told. */
function scripted(turns: ReadonlyArray<readonly Call[]>, more: Partial<Steps> = {}) {
  const told: Array<{ state: State | null; results: ReadonlyArray<LoopResult<Call, string>> }> = [];
  const ran: string[] = [];
  const open = { now: 0, most: 0 };
  const steps: Steps = {
    maxTurns: turns.length + 1,
    turn: async (state, results, turn): Promise<LoopTurn<Call, string, State>> => {
      told.push({ state, results });
      const next = [...(state ?? []), `turn ${turn}`];
      const calls = turns[turn - 1];
      return calls === undefined ? { kind: 'answered', output: 'done', state: next } : { kind: 'tools', calls, state: next };
    },
    callTool: async ({ id, fails, ticks = 0 }) => {
      ran.push(id);
      open.most = Math.max(open.most, ++open.now);
      for (let left = ticks; left > 0; left--) await tick();
      open.now--;
      if (fails === true) throw new Error(`${id} broke`);
      return `${id} worked`;
    },
    describeError: (error) => (error as Error).message,
    describeRefusal: (reason) => `refused: ${reason}`,
    ...more,
  };
  return { steps, told, ran, open };
}

const call = fc.record({ fails: fc.boolean(), ticks: fc.integer({ min: 0, max: 4 }) });
const conversation = fc
  .array(fc.array(call, { minLength: 1, maxLength: 5 }), { maxLength: 6 })
  .map((turns) => turns.map((calls, turn) => calls.map((one, at): Call => ({ ...one, id: `${turn}.${at}` }))));

describe('toolLoop()', () => {
  it('hands every result back in the order of the calls, failures as errors, whatever the order they end in', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, async (turns) => {
        const { steps, told } = scripted(turns);
        const result = await toolLoop(steps);
        expect(result).toMatchObject({ status: 'answered', output: 'done', turns: turns.length + 1, toolCalls: turns.flat().length });
        for (const [turn, calls] of turns.entries()) {
          expect(told[turn + 1]?.results).toEqual(
            calls.map((one) => ({ call: one, isError: one.fails, reply: one.fails === true ? `${one.id} broke` : `${one.id} worked` })),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never takes more turns than allowed and runs no tool after the last one', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, fc.integer({ min: 1, max: 8 }), async (turns, maxTurns) => {
        const { steps, told, ran } = scripted(turns, { maxTurns });
        const result = await toolLoop(steps);
        expect(told).toHaveLength(Math.min(maxTurns, turns.length + 1));
        expect(ran).toEqual(
          turns
            .slice(0, maxTurns - 1)
            .flat()
            .map(({ id }) => id),
        );
        expect(result.status).toBe(turns.length < maxTurns ? 'answered' : 'exhausted');
        if (result.status === 'exhausted') expect(result.open).toEqual(turns[maxTurns - 1]);
      }),
      { numRuns: 60 },
    );
  });

  it('runs the calls of one turn side by side and the turns one after the other', async () => {
    const slow = (id: string): Call => ({ id, ticks: 3 });
    const { steps, open } = scripted([[slow('a'), slow('b'), slow('c')], [slow('d')]]);
    await toolLoop(steps);
    expect(open.most).toBe(3);
  });

  it('hands the state from turn to turn as it was returned', async () => {
    const { steps, told } = scripted([[{ id: 'a' }], [{ id: 'b' }]]);
    const { state } = await toolLoop(steps);
    expect(told.map((one) => one.state)).toEqual([null, ['turn 1'], ['turn 1', 'turn 2']]);
    expect(state).toEqual(['turn 1', 'turn 2', 'turn 3']);
  });

  it('asks before a call acts: approved as it is, edited, or refused', async () => {
    const decisions: Record<string, Approval<Call> | null> = {
      a: { decision: 'approve' },
      b: { decision: 'edit', call: { id: 'b2' } },
      c: { decision: 'reject', reason: 'too loud' },
      d: null,
    };
    const calls = Object.keys(decisions).map((id): Call => ({ id }));
    const { steps, told, ran } = scripted([calls], {
      approve: ({ id }) => {
        const decision = decisions[id];
        return decision == null ? null : Promise.resolve(decision);
      },
    });
    await toolLoop(steps);
    expect([...ran].sort()).toEqual(['a', 'b2', 'd']);
    expect(told[1]?.results).toEqual([
      { call: { id: 'a' }, reply: 'a worked', isError: false },
      { call: { id: 'b' }, reply: 'b2 worked', isError: false, ranInstead: { id: 'b2' } },
      { call: { id: 'c' }, reply: 'refused: too loud', isError: true },
      { call: { id: 'd' }, reply: 'd worked', isError: false },
    ]);
  });

  it.each([
    ['a cancellation', () => new CancelledFailure('stop')],
    ['a reached budget', () => failure({ type: FailureType.BudgetReached, message: 'Cannot go on: no money' })],
  ])('ends with %s of a tool instead of telling the model', async (_, make) => {
    const error = make();
    const { steps, told } = scripted([[{ id: 'a' }]], { callTool: () => Promise.reject(error) });
    await expect(toolLoop(steps)).rejects.toBe(error);
    expect(told).toHaveLength(1);
  });

  it('cancels the calls that are still open when one ends the run', async () => {
    let cancelled = 0;
    const { steps } = scripted([[{ id: 'a' }, { id: 'b', ticks: 3 }]], {
      callTool: ({ id }) => (id === 'a' ? Promise.reject(new CancelledFailure('stop')) : tick().then(() => 'b')),
      cancelRest: () => void cancelled++,
    });
    await expect(toolLoop(steps)).rejects.toThrow('stop');
    expect(cancelled).toBe(1);
  });

  it('fails as a turn fails', async () => {
    const { steps } = scripted([], { turn: () => Promise.reject(new Error('no answer')) });
    await expect(toolLoop(steps)).rejects.toThrow('no answer');
  });

  it.each([0, 1.5, Number.NaN])('refuses %s turns', async (maxTurns) => {
    await expect(toolLoop(scripted([], { maxTurns }).steps)).rejects.toThrow("'maxTurns' must be a whole number from 1");
  });
});
