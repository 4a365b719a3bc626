import { z } from 'zod';

import { defineAgent, type AgentDefinition } from '../../agents/define-agent';
import { agents } from '../../agents/index';
import { serverToolsOf, serverToolUses } from '../../claude/server-tools';
import { CALL_OPTIONS } from '../../common/call-options';
import { slowTurnMs } from '../../common/routing';

describe('agents registry', () => {
  it('has exactly the agents that workflows can call', () => {
    expect(Object.keys(agents).sort()).toEqual(Object.keys(CALL_OPTIONS).sort());
  });

  it.each(Object.entries(agents))('%s has the call options that workflows use', (name, agent) => {
    const { tier, maxTokens, startToCloseMs, scheduleToCloseMs, tools, maxTurns, needs, ...rest }: AgentDefinition = agent as never; // any agent is one
    const serverTools = serverToolUses(serverToolsOf(name, rest.serverTools));
    expect(agent.name).toBe(name);
    expect(CALL_OPTIONS[name as keyof typeof CALL_OPTIONS]).toEqual({
      tier,
      maxTokens,
      startToCloseMs,
      scheduleToCloseMs,
      ...(tools !== undefined && { converses: true }),
      ...(maxTurns !== undefined && { maxTurns }),
      ...(needs !== undefined && { needs }),
      ...(serverTools !== undefined && { serverTools }),
    });
  });

  it.each(Object.entries(CALL_OPTIONS))('%s has the time that its tokens may take', (_, { startToCloseMs, tier, maxTokens }) => {
    expect(startToCloseMs).toBeGreaterThanOrEqual(slowTurnMs({ tier, maxTokens }));
  });
});

describe('defineAgent()', () => {
  const spec = {
    name: 'finder',
    description: 'Finds',
    tier: 'fast',
    maxTokens: 64,
    system: 'You find.',
    input: z.string(),
    output: z.string(),
    prompt: (task: string) => task,
  } as const;

  it('sends an agent with tools of an MCP server to the pool, and no other', () => {
    expect(defineAgent({ ...spec, tools: ['analyzeData', 'mcp__files__read'] }).needs).toBe('pool');
    expect(defineAgent({ ...spec, tools: ['analyzeData'] })).not.toHaveProperty('needs');
    expect(defineAgent({ ...spec, needs: 'pool' }).needs).toBe('pool');
  });
});
