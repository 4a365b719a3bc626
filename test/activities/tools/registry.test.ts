import { tools } from '../../../activities/tools/index';
import { agents } from '../../../agents/index';
import { TOOL_OPTIONS, type ToolCallOptions } from '../../../common/tool-options';

describe('tools registry', () => {
  it('has exactly the tools that workflows can call', () => {
    expect(Object.keys(tools).sort()).toEqual(Object.keys(TOOL_OPTIONS).sort());
  });

  it.each(Object.entries(tools))('%s has the call options that workflows use, and a name no agent has', (name, tool) => {
    const { approval, startToCloseMs, scheduleToCloseMs, maximumAttempts, needs }: ToolCallOptions = tool;
    const known: ToolCallOptions = TOOL_OPTIONS[name as keyof typeof TOOL_OPTIONS];
    expect(tool.name).toBe(name);
    expect(known).toEqual({ approval, startToCloseMs, scheduleToCloseMs, maximumAttempts, ...(needs !== undefined && { needs }) });
    expect(Object.keys(agents)).not.toContain(name);
  });

  it.each(Object.entries(tools))('%s works without a tools file', (_, tool) => {
    expect(tool.config.safeParse(undefined).success).toBe(true);
  });
});
