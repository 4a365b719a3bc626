import type { MessagesRequest, RequestTool } from '../wire';

/** Every version of the two tools that the API knows, oldest first. */
export const WEB_TOOL_TYPES = {
  web_search: ['web_search_20250305', 'web_search_20260209', 'web_search_20260318'],
  web_fetch: ['web_fetch_20250910', 'web_fetch_20260209', 'web_fetch_20260309', 'web_fetch_20260318'],
} as const;

export type WebToolName = keyof typeof WEB_TOOL_TYPES;

/** Uses when a request sets no limit; the loop over server tools ends there anyway. */
const USES_WITHOUT_LIMIT = 10;

/** What a request lets Claude do on the web. */
export interface WebTools {
  readonly search?: RequestTool;
  readonly fetch?: RequestTool;
}

export function webToolsOf({ tools = [], tool_choice }: MessagesRequest): WebTools {
  if (tool_choice?.type === 'none') return {};
  const named = (name: WebToolName): RequestTool | undefined =>
    tools.find(({ type }) => (WEB_TOOL_TYPES[name] as readonly string[]).includes(type ?? ''));
  const [search, fetch] = [named('web_search'), named('web_fetch')];
  return { ...(search && { search }), ...(fetch && { fetch }) };
}

export const mostUses = (tool: RequestTool): number => tool.max_uses ?? USES_WITHOUT_LIMIT;

/** Whether a tool's lists of domains let a page through. A domain covers those below it; a path narrows it to what begins so. */
export function isAllowed({ allowed_domains, blocked_domains }: RequestTool, url: string): boolean {
  const { hostname, pathname } = new URL(url);
  const within = (listed: string): boolean => {
    const [domain = '', ...path] = listed.split('/');
    const sameHost = hostname === domain || hostname.endsWith(`.${domain}`);
    return sameHost && pathname.startsWith(`/${path.join('/')}`);
  };
  if (allowed_domains) return allowed_domains.some(within);
  return !(blocked_domains ?? []).some(within);
}
