import type { z } from 'zod';

import type { ToolContext, ToolDefinition } from '../../../activities/tools/define-tool';
import { parseToolConfig } from '../../../activities/tools/tool-config';

export interface DataToolCall {
  /** Section of the tools file; without it the tool has sample data. */
  readonly section?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The day that it is. @default 2026-11-21 */
  readonly now?: () => number;
}

/** A tool as a worker would have it: its section and input checked, its output checked. Calls share the section, and with it a token. */
export function dataTool<Input extends z.ZodType, Output extends z.ZodType, Config extends z.ZodType>(
  tool: ToolDefinition<Input, Output, Config>,
  { section, env = {}, now = () => Date.parse('2026-11-21T12:00:00Z') }: DataToolCall = {},
): (input: z.input<Input>, signal?: AbortSignal) => Promise<z.output<Output>> {
  const content = section === undefined ? {} : { tools: { [tool.name]: section } };
  const config = parseToolConfig(content, { [tool.name]: tool }, env).tools[tool.name] as z.output<Config>; // parsed by its schema
  return async (input, signal = new AbortController().signal) => {
    const context: ToolContext<z.output<Config>> = { signal, config, idempotencyKey: 'w/s', attempt: 1, now };
    const output = tool.output.parse(await tool.run(tool.input.parse(input), context));
    if (Buffer.byteLength(JSON.stringify(output)) > tool.maxOutputBytes) throw new Error('The output is longer than the tool allows');
    return output;
  };
}
