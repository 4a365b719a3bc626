import { inputSchemaOf, type ToolOffer } from '../../claude/conversation';
import { MCP_PREFIX } from '../../common/conversation';
import type { ActivityDeps, AnyAgent } from '../deps';
import { toolFailure } from './tool-failure';

/**
 * The tools that an agent lists, as Claude is told of them: tools of the registry, other agents, and those of MCP servers.
 * @throws ToolFailed when one of them does not exist, retryable when an MCP server does not answer
 */
export async function offersOf(deps: ActivityDeps, agent: AnyAgent): Promise<ToolOffer[]> {
  const offers = await Promise.all((agent.tools ?? []).map((name) => offersNamed(deps, agent, name)));
  return offers.flat();
}

async function offersNamed(deps: ActivityDeps, agent: AnyAgent, name: string): Promise<ToolOffer[]> {
  if (name.startsWith(MCP_PREFIX)) return mcpOffers(deps, name);
  const tool = deps.tools[name];
  if (tool !== undefined) {
    const { description, input, approval } = tool;
    return [{ kind: 'tool', approval, definition: { name, description, input_schema: inputSchemaOf(name, input) } }];
  }
  const other = deps.agents[name];
  if (other !== undefined && name !== agent.name) {
    const { description, input } = other;
    return [{ kind: 'agent', approval: 'never', definition: { name, description, input_schema: inputSchemaOf(name, input) } }];
  }
  const known = [...Object.keys(deps.tools), ...Object.keys(deps.agents).filter((known) => known !== agent.name)];
  throw toolFailure({
    message: `Cannot hand tool "${name}" to agent "${agent.name}": there is no such tool; use one of ${known.join(', ')}`,
  });
}

/** `mcp__server` stands for all tools of a server, `mcp__server__tool` for one of them. */
async function mcpOffers({ mcp }: ActivityDeps, name: string): Promise<ToolOffer[]> {
  const [server, wanted] = splitMcpName(name);
  const listed = await mcp.tools(server);
  const taken = listed.filter((tool) => wanted === undefined || tool.name === wanted);
  if (taken.length === 0) {
    const known = listed.map((tool) => tool.name).join(', ');
    throw toolFailure({ message: `Cannot use "${name}": MCP server "${server}" has no such tool; use one of ${known}` });
  }
  return taken.map(({ name: tool, description, inputSchema }) => ({
    kind: 'mcp',
    approval: mcp.approval(server),
    definition: { name: `${MCP_PREFIX}${server}__${tool}`, description, input_schema: inputSchema },
  }));
}

/** Server and tool of `mcp__server__tool`; a tool's name may have underscores, a server's has none. */
export function splitMcpName(name: string): [server: string, tool: string | undefined] {
  const rest = name.slice(MCP_PREFIX.length);
  const at = rest.indexOf('__');
  return at < 0 ? [rest, undefined] : [rest.slice(0, at), rest.slice(at + 2)];
}
