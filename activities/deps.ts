import type { AgentDefinition } from '../agents/define-agent';
import type { Claude } from '../claude/client';
import type { Failpoints } from '../claude/failpoints';
import type { Models } from '../claude/models';
import type { PipelineDefinition } from '../common/pipelines/define-pipeline';
import type { Store } from '../storage/store';
import type { Announcer } from './batch/announcer';
import type { AnyTool } from './tools/any-tool';
import type { McpServers } from './tools/mcp-servers';
import type { ToolConfig } from './tools/tool-config';

/** Any agent of a registry: its own input type is known to its schema only, which is why `prompt` cannot be called unparsed. */
export type AnyAgent = Omit<AgentDefinition, 'prompt'> & { readonly prompt: (input: never) => string };

/** All that activities need of the world. Nothing here is read from the environment. */
export interface ActivityDeps {
  readonly agents: Readonly<Record<string, AnyAgent>>;
  readonly pipelines: Readonly<Record<string, PipelineDefinition>>;
  readonly tools: Readonly<Record<string, AnyTool>>;
  /** Addresses and keys of tools, from the tools file. */
  readonly toolConfig: ToolConfig;
  readonly mcp: McpServers;
  readonly claude: Claude;
  readonly store: Store;
  readonly models: Models;
  /** True when Claude is the simulator; recorded with every run. */
  readonly simulated: boolean;
  /** Takes one line per call. */
  readonly log: (line: object) => void;
  readonly announcer: Announcer;
  readonly failpoints: Failpoints;
  /** Whether files of rows may be fetched from private addresses. @default false */
  readonly privateAddresses?: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
