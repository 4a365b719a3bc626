import { isSealed } from './sealed-text';
import { WEB_TOOL_TYPES, type WebToolName } from './web-tools';

type Fields = Readonly<Record<string, unknown>>;
type Problem = string | undefined;

const SHARED_FIELDS = [
  'name',
  'type',
  'allowed_callers',
  'allowed_domains',
  'blocked_domains',
  'cache_control',
  'defer_loading',
  'max_uses',
  'response_inclusion',
  'strict',
];
const FIELDS: Readonly<Record<WebToolName, readonly string[]>> = {
  web_search: [...SHARED_FIELDS, 'user_location'],
  web_fetch: [...SHARED_FIELDS, 'citations', 'max_content_tokens', 'url_sources', 'use_cache'],
};
const CALLERS = ['direct', 'code_execution_20250825', 'code_execution_20260120', 'code_execution_20260521'];
const WEB_TYPE = /^(web_search|web_fetch)_/;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isWebTool = (tool: Fields): boolean => WEB_TYPE.test(String(tool['type']));

/** What is wrong with a definition of web search or web fetch; undefined also for any other tool. */
export function webToolProblem(tool: Fields, at: number): Problem {
  const { type } = tool;
  const name = WEB_TYPE.exec(String(type))?.[1] as WebToolName | undefined; // the two names of the expression
  if (name === undefined) return undefined;
  const known: readonly string[] = WEB_TOOL_TYPES[name];
  const tags = Object.values(WEB_TOOL_TYPES).flat().join("', '");
  if (!known.includes(String(type)))
    return `tools.${at}: Input tag '${String(type)}' found using 'type' does not match any of the expected tags: '${tags}'`;
  const where = `tools.${at}.${String(type)}`;
  if (tool['name'] !== name) return `${where}.name: Input should be '${name}'`;
  const extra = Object.keys(tool).find((field) => !FIELDS[name].includes(field));
  if (extra !== undefined) return `${where}.${extra}: Extra inputs are not permitted`;
  return countProblem(tool, where) ?? callersProblem(tool, where) ?? domainsProblem(tool, where);
}

function countProblem(tool: Fields, where: string): Problem {
  for (const field of ['max_uses', 'max_content_tokens']) {
    const value = tool[field] ?? 1;
    if (!Number.isInteger(value)) return `${where}.${field}: Input should be a valid integer`;
    if ((value as number) < 1) return `${where}.${field}: Input should be greater than 0`;
  }
  return undefined;
}

function callersProblem(tool: Fields, where: string): Problem {
  const callers = tool['allowed_callers'] ?? [];
  if (!Array.isArray(callers)) return `${where}.allowed_callers: Input should be a valid list`;
  const at = callers.findIndex((caller) => !CALLERS.includes(String(caller)));
  return at < 0 ? undefined : `${where}.allowed_callers.${at}: Input should be '${CALLERS.join("', '")}'`;
}

function domainsProblem(tool: Fields, where: string): Problem {
  if (tool['allowed_domains'] && tool['blocked_domains'])
    return `${where}: Only one of 'allowed_domains' and 'blocked_domains' may be specified`;
  for (const field of ['allowed_domains', 'blocked_domains']) {
    const domains = tool[field] ?? [];
    if (!Array.isArray(domains)) return `${where}.${field}: Input should be a valid list`;
    const at = domains.findIndex((domain) => typeof domain !== 'string' || domain === '' || domain.includes('://'));
    if (at >= 0) return `${where}.${field}.${at}: Domains must not include a scheme`;
  }
  return undefined;
}

/** Whether a page is to be cited in an answer of a fixed format, which cannot hold citations. */
export const citesPages = (tools: unknown): boolean =>
  Array.isArray(tools) &&
  tools.some((tool: Fields) => isWebTool(tool) && isFields(tool['citations']) && tool['citations']['enabled'] === true);

const ENDS_IN_PAUSE = ['server_tool_use', 'web_search_tool_result', 'web_fetch_tool_result'];

/** Whether a message of the assistant is the beginning of an answer that paused while its tools were at work. */
export function endsInPause(message: unknown): boolean {
  if (!isFields(message) || !Array.isArray(message['content'])) return false;
  const last: unknown = message['content'].at(-1);
  return isFields(last) && ENDS_IN_PAUSE.includes(String(last['type']));
}

/** Results must follow their uses, in the same answer or at the beginning of the next one, and come back as they were. */
export function webBlocksProblem(messages: readonly Fields[]): Problem {
  const open = new Map<unknown, string>();
  const lastAnswer = messages.findLastIndex(({ role }) => role === 'assistant');
  for (const [at, message] of messages.entries()) {
    const blocks = Array.isArray(message['content']) ? (message['content'] as Fields[]) : [];
    for (const [place, block] of blocks.entries()) {
      const problem = resultProblem(block, open, `messages.${at}.content.${place}`);
      if (problem !== undefined) return problem;
    }
    const [id, name] = [...open][0] ?? [];
    // Messages of the same side that follow each other count as one.
    const mayWait =
      at === lastAnswer ||
      messages[at + 1]?.['role'] === 'assistant' ||
      blocks.some(({ type }) => type === 'tool_use') ||
      message['role'] !== 'assistant';
    if (name !== undefined && !mayWait)
      return `messages.${at}: \`${name}\` tool use with id \`${String(id)}\` was found without a corresponding \`${name}_tool_result\` block`;
  }
  return undefined;
}

function resultProblem(block: Fields, open: Map<unknown, string>, where: string): Problem {
  const { type, id, name, tool_use_id, content } = block;
  if (type === 'server_tool_use') open.set(id, String(name));
  if (type !== 'web_search_tool_result' && type !== 'web_fetch_tool_result') return undefined;
  const used = open.get(tool_use_id);
  if (`${used}_tool_result` !== type)
    return `${where}: unexpected \`tool_use_id\` found in \`${type}\` blocks: ${JSON.stringify(tool_use_id)}`;
  open.delete(tool_use_id);
  const results = type === 'web_search_tool_result' && Array.isArray(content) ? (content as Fields[]) : [];
  const spoilt = results.some(
    ({ url, title, encrypted_content }) => !isSealed({ url: String(url), title: String(title) }, encrypted_content),
  );
  return spoilt ? `${where}: Invalid \`encrypted_content\` in \`search_result\` block` : undefined;
}
