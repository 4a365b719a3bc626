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
  it('leaves time to take calls and to stop, and is never negative', () => {
    expect(windowOf(FUNCTION_LIFE_MS)).toBe(FUNCTION_WINDOW_MS);
    expect(FUNCTION_WINDOW_MS).toBe(830_000);
    expect(windowOf(55_000)).toBe(0);
  });
});

describe('roleLimits()', () => {
  it('gives a role the usual time, and more only when its tokens may take more', () => {
    expect(roleLimits({ maxTokens: 500 })).toEqual({ tier: 'balanced', maxTokens: 500, ...CALL_DEFAULTS });
    expect(roleLimits({ maxTokens: 20_000 }).startToCloseMs).toBe(slowTurnMs({ tier: 'balanced', maxTokens: 20_000 }));
  });

  it('sends the largest roles of slower models to the pool', () => {
    expect(needsPool(roleLimits({ tier: 'fast', maxTokens: 64_000 }))).toBe(false);
    expect(needsPool(roleLimits({ tier: 'balanced', maxTokens: 30_000 }))).toBe(false);
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
