import type { AgentDefinition } from '../../agents/define-agent';
import { agents } from '../../agents/index';
import { serverToolsOf, serverToolUses } from '../../claude/server-tools';
import { CALL_OPTIONS } from '../../common/call-options';

describe('agents registry', () => {
  it('has exactly the agents that workflows can call', () => {
    expect(Object.keys(agents).sort()).toEqual(Object.keys(CALL_OPTIONS).sort());
  });

  it.each(Object.entries(agents))('%s has the call options that workflows use', (name, agent) => {
    const { tier, maxTokens, startToCloseMs, scheduleToCloseMs, tools, maxTurns, ...rest }: AgentDefinition = agent as never; // any agent is one
    const serverTools = serverToolUses(serverToolsOf(name, rest.serverTools));
    expect(agent.name).toBe(name);
    expect(CALL_OPTIONS[name as keyof typeof CALL_OPTIONS]).toEqual({
      tier,
      maxTokens,
      startToCloseMs,
      scheduleToCloseMs,
      ...(tools !== undefined && { converses: true }),
      ...(maxTurns !== undefined && { maxTurns }),
      ...(serverTools !== undefined && { serverTools }),
    });
  });
});
