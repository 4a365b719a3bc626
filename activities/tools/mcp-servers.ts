import type Anthropic from '@anthropic-ai/sdk';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';

import type { McpServerConfig } from './tool-config';
import { toolFailure } from './tool-failure';

/** A tool as its server describes it. */
export interface McpTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Anthropic.Tool.InputSchema;
}

/** The MCP servers of the tools file, connected when first used. */
export interface McpServers {
  /** @throws ToolFailed for an unknown server, retryable when it does not answer */
  tools(server: string): Promise<McpTool[]>;
  approval(server: string): 'never' | 'always';
  /**
   * The server checks the input against its own schema.
   * @throws ToolFailed when the tool reports an error; retryable only when it cannot have acted, or says that acting twice is harmless
   */
  call(call: McpCall): Promise<string>;
  /** Ends the programs and connections. */
  close(): Promise<void>;
}

export interface McpCall {
  readonly server: string;
  readonly tool: string;
  readonly input: Record<string, unknown>;
  readonly signal: AbortSignal;
}

/** Longer calls are ended by the activity's own limit. */
const CALL_TIMEOUT_MS = 10 * 60_000;
const CONNECT_TIMEOUT_MS = 15_000;
const CLIENT = { name: 'troupe', version: '1' } as const;

// Only who has a server waits for its library to load: a function starts a tenth faster without.
const load = {
  client: () => require('@modelcontextprotocol/sdk/client/index.js') as typeof import('@modelcontextprotocol/sdk/client/index.js'),
  program: () => require('@modelcontextprotocol/sdk/client/stdio.js') as typeof import('@modelcontextprotocol/sdk/client/stdio.js'),
  http: () =>
    require('@modelcontextprotocol/sdk/client/streamableHttp.js') as typeof import('@modelcontextprotocol/sdk/client/streamableHttp.js'),
  types: () => require('@modelcontextprotocol/sdk/types.js') as typeof import('@modelcontextprotocol/sdk/types.js'),
};

interface Connection {
  readonly client: Client;
  /** As listed last; tells which tools may act twice. */
  readonly known: Map<string, Tool>;
}

/** Connects nothing yet. */
export function createMcpServers(configs: Readonly<Record<string, McpServerConfig>>): McpServers {
  const open = new Map<string, Promise<Connection>>();

  const configOf = (server: string): McpServerConfig => {
    const config = Object.hasOwn(configs, server) ? configs[server] : undefined;
    if (config !== undefined) return config;
    const known = Object.keys(configs);
    const cure = known.length === 0 ? 'name it in the tools file' : `use one of ${known.join(', ')}`;
    throw toolFailure({ message: `Cannot use MCP server "${server}": this worker knows no such server; ${cure}` });
  };

  const connected = (server: string): Promise<Connection> => {
    const config = configOf(server);
    const known = open.get(server) ?? connect(config, () => open.delete(server));
    open.set(server, known);
    known.catch(() => open.delete(server));
    return known.catch((error: unknown) => {
      throw toolFailure({
        message: `Cannot reach MCP server "${server}": ${reasonOf(error)}; check its entry in the tools file`,
        retryable: true,
      });
    });
  };

  return {
    approval: (server) => configOf(server).approval,
    async tools(server) {
      const { client, known } = await connected(server);
      try {
        return (await listAll(client, known)).map(({ name, description = '', inputSchema }) => ({
          name,
          description,
          inputSchema: inputSchema as Anthropic.Tool.InputSchema, // both are JSON schemas of an object
        }));
      } catch (error) {
        throw toolFailure({
          message: `Cannot list the tools of MCP server "${server}": ${reasonOf(error)}; it is tried again`,
          retryable: true,
        });
      }
    },
    async call({ server, tool, input, signal }) {
      const connection = await connected(server);
      const result = await callTool(connection, { server, tool, input, signal });
      const text = result.content.map(textOf).join('\n');
      if (result.isError !== true) return text;
      throw toolFailure({
        message: text === '' ? `Cannot finish "${tool}": MCP server "${server}" reports an error; correct the input` : text,
      });
    },
    async close() {
      await Promise.allSettled([...open.values()].map(async (connection) => (await connection).client.close()));
      open.clear();
    },
  };
}

async function connect(config: McpServerConfig, onClosed: () => void): Promise<Connection> {
  const { Client } = load.client();
  const client = new Client(CLIENT);
  client.onclose = onClosed;
  await client.connect(transportTo(config), { timeout: CONNECT_TIMEOUT_MS });
  return { client, known: new Map() };
}

/** A program gets the few variables that the SDK deems safe and those that the tools file names, no key of ours. */
function transportTo(config: McpServerConfig): Transport {
  if ('command' in config) {
    const { command, args, env } = config;
    const { StdioClientTransport } = load.program();
    return new StdioClientTransport({ command, args, env, stderr: 'ignore' });
  }
  const { StreamableHTTPClientTransport } = load.http();
  // Its class differs from the interface only in how optional its fields are.
  return new StreamableHTTPClientTransport(new URL(config.url), { requestInit: { headers: config.headers } }) as Transport;
}

async function listAll(client: Client, known: Map<string, Tool>): Promise<Tool[]> {
  const found: Tool[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTools(cursor === undefined ? {} : { cursor });
    found.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  known.clear();
  for (const tool of found) known.set(tool.name, tool);
  return found;
}

async function callTool({ client, known }: Connection, { server, tool, input, signal }: McpCall): Promise<CallToolResult> {
  try {
    if (!known.has(tool)) await listAll(client, known);
    return (await client.callTool({ name: tool, arguments: input }, undefined, { signal, timeout: CALL_TIMEOUT_MS })) as CallToolResult;
  } catch (error) {
    if (signal.aborted) throw error;
    const { idempotentHint, readOnlyHint } = known.get(tool)?.annotations ?? {};
    const harmless = idempotentHint === true || readOnlyHint === true;
    // Answered with an error, the call is over; otherwise nobody knows whether it acted.
    const { McpError } = load.types();
    const answered = error instanceof McpError && error.code !== CONNECTION_CLOSED && error.code !== REQUEST_TIMEOUT;
    const retryable = !answered && harmless;
    const cure = retryable ? 'it is tried again' : answered ? 'correct the input' : 'it may have acted: look before calling it again';
    throw toolFailure({ message: `Cannot finish "${tool}" of MCP server "${server}": ${reasonOf(error)}; ${cure}`, retryable });
  }
}

/** Codes of the protocol's library for calls that got no answer. */
const CONNECTION_CLOSED = -32_000;
const REQUEST_TIMEOUT = -32_001;

function textOf(block: CallToolResult['content'][number]): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'resource':
      return 'text' in block.resource ? block.resource.text : `[${block.resource.uri}: not text]`;
    case 'resource_link':
      return `[${block.name}: ${block.uri}]`;
    default:
      return `[${block.type}: not text]`;
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
