import { z } from 'zod';

import { TOOL_DEFAULTS, type ToolCallOptions } from '../../common/tool-options';

/** What a tool gets of the world beside its input. */
export interface ToolContext<Config = undefined> {
  /** Aborted when the call is cancelled, has timed out or its worker stops. */
  readonly signal: AbortSignal;
  /** The tool's own section of the tools file, checked; `undefined` when it takes none. */
  readonly config: Config;
  /** The same in every attempt at a call and different for every call: for services that act once per key. */
  readonly idempotencyKey: string;
  /** From 1. */
  readonly attempt: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A tool as data and one function. Pipelines call it by name, agents that list it call it by themselves. */
export interface ToolDefinition<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Config extends z.ZodType = z.ZodType,
> extends ToolCallOptions {
  /** Activity Type and key in the registry; camelCase. */
  readonly name: string;
  /** For the agent: what it does, when to use it, what it returns. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  /** Schema of the tool's section in the tools file (`TROUPE_TOOLS`). It must accept `undefined`: without a file the tool still works. */
  readonly config: Config;
  /** Bytes of the output's JSON; a longer one fails the call. @default 65536 */
  readonly maxOutputBytes: number;
  /** Throws `toolFailure()` when it cannot do it; anything else thrown is taken as final, errors of the network as passing. */
  readonly run: (input: z.output<Input>, context: ToolContext<z.output<Config>>) => Promise<z.input<Output>> | z.input<Output>;
}

type Optional = keyof ToolCallOptions | 'maxOutputBytes' | 'config';
type Spec<Input extends z.ZodType, Output extends z.ZodType, Config extends z.ZodType> = Omit<
  ToolDefinition<Input, Output, Config>,
  Optional
> &
  Partial<Pick<ToolDefinition<Input, Output, Config>, Optional>>;

/** Largest output of a tool unless it says otherwise. */
const MAX_OUTPUT_BYTES = 64 * 1_024;
const NO_CONFIG = z.undefined();

/** Defines a tool; defaults: no approval, 30 s an attempt, 5 min in all, 4 attempts, 64 KiB of output, no configuration. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType, Config extends z.ZodType = z.ZodUndefined>(
  spec: Spec<Input, Output, Config>,
): ToolDefinition<Input, Output, Config> {
  // Without a schema of its own, Config is what its default says.
  return { ...TOOL_DEFAULTS, maxOutputBytes: MAX_OUTPUT_BYTES, config: NO_CONFIG as z.ZodType as Config, ...spec };
}
