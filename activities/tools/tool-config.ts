import { z } from 'zod';

import { describeIssues } from '../../common/pipelines/parse-input';
import { schemaWords } from '../../common/pipelines/schema-words';
import type { AnyTool } from './any-tool';
import { keepsSecrets, MUST_BE_HTTPS } from './connectors/service-address';
import { writtenSecret } from './secret-fields';

const text = z.string().min(1);

/** A server of the Model Context Protocol that supplies tools: a program on this machine, or an address. */
const mcpServerSchema = z.union([
  z.strictObject({
    command: text,
    args: z.array(z.string()).default([]),
    env: z.record(z.string(), z.string()).default({}),
    approval: z.enum(['never', 'always']).default('always'),
  }),
  z
    .strictObject({
      url: z.url(),
      headers: z.record(z.string(), z.string()).default({}),
      approval: z.enum(['never', 'always']).default('always'),
    })
    .refine(keepsSecrets, { path: ['url'], error: MUST_BE_HTTPS }),
]);

const fileSchema = z.strictObject({
  /** Per tool: what its own schema takes. */
  tools: z.record(z.string(), z.unknown()).default({}),
  /** Per name of a server: how it is reached. */
  mcpServers: z.record(z.string(), mcpServerSchema).default({}),
});

export type McpServerConfig = z.output<typeof mcpServerSchema>;

/** What the tools file says, checked, with the secrets that it refers to filled in. Never logged, never in history. */
export interface ToolConfig {
  /** By name of the tool: its section as its schema returns it, also for tools that the file does not name. */
  readonly tools: Readonly<Record<string, unknown>>;
  readonly mcpServers: Readonly<Record<string, McpServerConfig>>;
}

/** It stands between underscores in the names of the server's tools. */
const SERVER_NAME = /^[A-Za-z0-9-]{1,40}$/;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Checks the content of a tools file; `{}` stands for no file.
 * @throws Error naming the place, never a value: unknown tools, sections that do not fit, secrets written out, variables that are not set
 */
export function parseToolConfig(content: unknown, tools: Readonly<Record<string, AnyTool>>, env: Environment): ToolConfig {
  const place = writtenSecret(content);
  if (place !== undefined) throw new Error(`${place}: a secret stands in the file; put it into the environment and write \${NAME}`);
  const parsed = fileSchema.safeParse(fillIn(content, env), { error: schemaWords });
  if (!parsed.success) throw new Error(describeIssues(parsed.error));
  for (const name of Object.keys(parsed.data.tools)) {
    if (!Object.hasOwn(tools, name)) throw new Error(`tools.${name}: there is no such tool; use one of ${Object.keys(tools).join(', ')}`);
  }
  for (const name of Object.keys(parsed.data.mcpServers)) {
    if (!SERVER_NAME.test(name)) throw new Error(`mcpServers.${name}: a server's name has at most 40 letters, digits and dashes`);
  }
  const sections = Object.entries(tools).map(([name, tool]) => [name, sectionOf(name, tool, parsed.data.tools[name])]);
  return { tools: Object.fromEntries(sections), mcpServers: parsed.data.mcpServers };
}

function sectionOf(name: string, tool: AnyTool, given: unknown): unknown {
  const parsed = tool.config.safeParse(given, { error: schemaWords });
  if (parsed.success) return parsed.data;
  throw new Error(`tools.${name}: ${describeIssues(parsed.error)}`);
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Replaces `${NAME}` in every text by the variable of that name. */
function fillIn(value: unknown, env: Environment): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(REFERENCE, (_, name: string) => {
      const found = env[name];
      if (found === undefined || found === '')
        throw new Error(`"${name}" is not set in the environment; set it or remove what refers to it`);
      return found;
    });
  }
  if (Array.isArray(value)) return value.map((item) => fillIn(item, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillIn(item, env)]));
}
