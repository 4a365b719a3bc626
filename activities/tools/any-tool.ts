import type { ToolContext, ToolDefinition } from './define-tool';

/** Any tool of a registry: its own types are known to its schemas only, which is why `run` cannot be called unparsed. */
export type AnyTool = Omit<ToolDefinition, 'run'> & { readonly run: (input: never, context: ToolContext<never>) => unknown };
