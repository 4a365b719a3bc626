import type { z } from 'zod';

import type { ToolDefinition } from '../../../activities/tools/define-tool';
import { parseToolConfig } from '../../../activities/tools/tool-config';

export interface ToolCall {
  readonly input: unknown;
  /** Its section as it stands in a tools file. */
  readonly section?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Calls a tool as an activity does: section, input and output pass their schemas. */
export async function callTool<Input extends z.ZodType, Output extends z.ZodType, Config extends z.ZodType>(
  tool: ToolDefinition<Input, Output, Config>,
  { input, section, env = {}, signal = new AbortController().signal }: ToolCall,
): Promise<z.output<Output>> {
  const content = section === undefined ? {} : { tools: { [tool.name]: section } };
  const { tools } = parseToolConfig(content, { [tool.name]: tool }, env);
  const returned = await tool.run(tool.input.parse(input), {
    signal,
    config: tools[tool.name] as z.output<Config>, // as its own schema returned it
    idempotencyKey: 'test/1',
    attempt: 1,
    now: Date.now,
  });
  const output = tool.output.parse(returned);
  if (Buffer.byteLength(JSON.stringify(output)) > tool.maxOutputBytes) throw new Error('The output is longer than the tool allows');
  return output;
}
