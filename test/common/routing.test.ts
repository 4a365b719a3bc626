import { CALL_DEFAULTS, CALL_OPTIONS, roleLimits } from '../../common/call-options';
import { FUNCTION_LIFE_MS, FUNCTION_WINDOW_MS, needsPool, slowTurnMs, windowOf, type Placement } from '../../common/routing';
import { mainOf, poolOf, TASK_QUEUE } from '../../common/task-queues';
import { MCP_OPTIONS, TOOL_OPTIONS } from '../../common/tool-options';

const limitedTo = (startToCloseMs: number): Placement => ({ startToCloseMs });

describe('needsPool()', () => {
  it('is true when an attempt may outlast the window of a function, and not a millisecond before', () => {
    expect(needsPool(limitedTo(FUNCTION_WINDOW_MS))).toBe(false);
    expect(needsPool(limitedTo(FUNCTION_WINDOW_MS + 1))).toBe(true);
  });

  it('is false in the batch lane, where nobody waits for the turn, unless the pool is declared', () => {
    expect(needsPool(limitedTo(FUNCTION_WINDOW_MS + 1), 'batch')).toBe(false);
    expect(needsPool({ startToCloseMs: 1, needs: 'pool' }, 'batch')).toBe(true);
    expect(needsPool({ startToCloseMs: 1, needs: 'pool' })).toBe(true);
  });

  it('sends tools of MCP servers to the pool, and no agent or tool of the registry', () => {
    expect(needsPool(MCP_OPTIONS)).toBe(true);
    const routed = Object.entries<Placement>({ ...CALL_OPTIONS, ...TOOL_OPTIONS }).filter(([, placement]) => needsPool(placement));
    expect(routed.map(([name]) => name)).toEqual([]);
  });
});

describe('windowOf()', () => {
  it('gives the call that is taken last half of the time, at most the window, and the rest to taking calls', () => {
    expect(windowOf(FUNCTION_LIFE_MS)).toEqual({ takesMs: 477_000, lastMs: FUNCTION_WINDOW_MS });
    expect(windowOf(55_000)).toEqual({ takesMs: 26_000, lastMs: 26_000 });
    expect(windowOf(6_000)).toEqual({ takesMs: 2_250, lastMs: 2_250 });
    expect(windowOf(0)).toEqual({ takesMs: 0, lastMs: 0 });
  });
});

describe('roleLimits()', () => {
  it('gives a role the usual time, and more only when its tokens may take more', () => {
    expect(roleLimits({ maxTokens: 500 })).toEqual({ tier: 'balanced', maxTokens: 500, ...CALL_DEFAULTS });
    expect(roleLimits({ maxTokens: 20_000 }).startToCloseMs).toBe(slowTurnMs({ tier: 'balanced', maxTokens: 20_000 }));
  });

  it('sends the largest roles of slower models to the pool', () => {
    expect(needsPool(roleLimits({ tier: 'fast', maxTokens: 36_000 }))).toBe(false);
    expect(needsPool(roleLimits({ tier: 'balanced', maxTokens: 17_000 }))).toBe(false);
    expect(needsPool(roleLimits({ tier: 'balanced', maxTokens: 64_000 }))).toBe(true);
    expect(needsPool(roleLimits({ tier: 'fast', model: 'claude-some-day', maxTokens: 64_000 }))).toBe(true);
  });
});

describe('names of queues', () => {
  it('lead from the main queue to the pool and back', () => {
    expect(poolOf(TASK_QUEUE)).toBe('troupe-pool');
    expect(mainOf(poolOf(TASK_QUEUE))).toBe(TASK_QUEUE);
    expect(mainOf(TASK_QUEUE)).toBe(TASK_QUEUE);
  });
});
