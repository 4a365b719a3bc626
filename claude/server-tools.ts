import type Anthropic from '@anthropic-ai/sdk';

import { DEFAULT_SERVER_TOOL_USES, SERVER_TOOL_NAMES, type ServerToolName, type ServerToolOptions } from '../agents/define-agent';
import type { ServerToolUses } from '../common/pricing';

/** A tool that Claude's side carries out, as a request names it. */
export type ServerTool = Anthropic.WebSearchTool20260318 | Anthropic.WebFetchTool20260318;

/** Part of a page that is asked for. The API calls the limit approximate, and keeps to none for binary documents. */
const PAGE_TOKENS = 10_000;
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/i;

/**
 * The definitions of the server tools that an agent lists, in the order of the list.
 * @throws Error when a limit or a domain cannot be used
 */
export function serverToolsOf(agent: string, listed: readonly (ServerToolName | ServerToolOptions)[] = []): ServerTool[] {
  const uses = listed.map((entry): ServerToolOptions => (typeof entry === 'string' ? { name: entry } : entry));
  const names = uses.map(({ name }) => name);
  const problem = names.length > new Set(names).size ? 'a tool is listed twice; list it once' : uses.map(problemOf).find(Boolean);
  if (problem !== undefined) throw new Error(`Cannot use the server tools of "${agent}": ${problem}`);
  return uses.map(definitionOf);
}

function problemOf({ name, maxUses = DEFAULT_SERVER_TOOL_USES, allowedDomains, blockedDomains }: ServerToolOptions): string | undefined {
  if (!SERVER_TOOL_NAMES.includes(name)) return `"${String(name)}" is not one; use ${SERVER_TOOL_NAMES.join(', ')}`;
  if (!Number.isInteger(maxUses) || maxUses < 1) return `maxUses of "${name}" is ${maxUses}; give a whole number from 1`;
  if (allowedDomains !== undefined && blockedDomains !== undefined)
    return `"${name}" has both allowedDomains and blockedDomains; give one of them`;
  const bad = [...(allowedDomains ?? []), ...(blockedDomains ?? [])].find((domain) => !DOMAIN.test(domain));
  return bad === undefined ? undefined : `"${bad}" is not a domain; write it like "example.com" or "example.com/blog", without scheme`;
}

/** Called by Claude alone: results that code of its own has filtered would neither be bounded nor come back as they were found. */
function definitionOf({ name, maxUses = DEFAULT_SERVER_TOOL_USES, allowedDomains, blockedDomains }: ServerToolOptions): ServerTool {
  const shared = {
    allowed_callers: ['direct' as const],
    max_uses: maxUses,
    ...(allowedDomains === undefined ? {} : { allowed_domains: [...allowedDomains] }),
    ...(blockedDomains === undefined ? {} : { blocked_domains: [...blockedDomains] }),
  };
  switch (name) {
    case 'webSearch':
      return { type: 'web_search_20260318', name: 'web_search', ...shared };
    case 'webFetch':
      return { type: 'web_fetch_20260318', name: 'web_fetch', ...shared, max_content_tokens: PAGE_TOKENS };
    default:
      return name satisfies never;
  }
}

/**
 * How often a request may use server tools; undefined when it offers none. Uses that an answer left without a result, as a pause does, are
 * carried out with the request that hands them back, beside those that it allows itself.
 */
export function serverToolUses(
  tools: readonly Anthropic.ToolUnion[] = [],
  messages: readonly Anthropic.MessageParam[] = [],
): ServerToolUses | undefined {
  const allowed = (prefix: string): number =>
    tools.reduce((sum, tool) => (tool.type?.startsWith(prefix) && 'max_uses' in tool ? sum + (tool.max_uses ?? 0) : sum), 0);
  const [searches, fetches] = [allowed('web_search_'), allowed('web_fetch_')];
  if (searches + fetches === 0) return undefined;
  const waiting = waitingUses(messages);
  const waits = (name: string): number => waiting.filter((use) => use.name === name).length;
  return { searches: searches + waits('web_search'), fetches: fetches + waits('web_fetch') };
}

function waitingUses(messages: readonly Anthropic.MessageParam[]): Anthropic.ServerToolUseBlockParam[] {
  const blocks = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const answered = new Set(blocks.flatMap((block) => ('tool_use_id' in block ? [block.tool_use_id] : [])));
  return blocks.filter((block) => block.type === 'server_tool_use').filter(({ id }) => !answered.has(id));
}
