import { briefOf } from '../content/brief';
import { pageFor, queryFor, textFor } from '../content/web-pages';
import { createWriter, type Writer } from '../content/writer';
import type { Fault } from '../faults';
import { idFrom, randomFrom, type Random } from '../random';
import { userText, type RuleReply } from '../rules';
import { BYTES_PER_TOKEN } from '../tokens';
import type { AnswerBlock, MessagesRequest, RequestTool, ServerToolUse, WebFetchToolResult, WebResult, WebSearchToolResult } from '../wire';
import { sealed, type WebPage } from './sealed-text';
import { isWebResult, pagesIn, unique, webHistoryOf } from './web-history';
import { isAllowed, mostUses, webToolsOf, type WebTools } from './web-tools';

/** What an answer does on the web before it says anything. */
export interface WebTurn {
  readonly blocks: readonly AnswerBlock[];
  /** Whether the request lets anything be searched or read, or did so before. */
  readonly asked: boolean;
  /** All pages that the conversation has found by then. */
  readonly pages: ReadonlyArray<Pick<WebPage, 'url' | 'title'>>;
  /** Whether it stops in the middle: the last block still waits for its result. */
  readonly paused: boolean;
}

export interface WebContext {
  readonly request: MessagesRequest;
  /** Hash of request and seed. */
  readonly key: string;
  readonly scripted?: RuleReply | undefined;
  readonly fault?: Fault | undefined;
}

const MOST_SEARCHES = 3;
const MOST_READ = 2;
const PREAMBLE = 'I will look up what is known about this first.';
const DIRECT = { type: 'direct' } as const;

/** The tools at work. */
interface Browser {
  readonly tools: WebTools;
  readonly writer: Writer;
  readonly random: Random;
  readonly key: string;
  readonly errorCode: string | undefined;
  /** Pages that a script gives to its search. */
  readonly given: RuleReply['pages'];
}

/**
 * Searches and reads once, before anything was found, so that every loop ends: one to three searches within `max_uses`, then up to two of their
 * pages. What an earlier answer had left waiting comes first.
 */
export function webTurn({ request, key, scripted, fault }: WebContext): WebTurn {
  const tools = webToolsOf(request);
  const history = webHistoryOf(request);
  const asked = history.searched || tools.search !== undefined || tools.fetch !== undefined;
  if (!asked && history.pending.length === 0) return { blocks: [], asked, pages: [], paused: false };
  const random = randomFrom(`${key}\nweb`);
  const browser: Browser = {
    tools,
    writer: createWriter(briefOf(request), random),
    random,
    key,
    errorCode: fault?.kind === 'search_error' ? (fault.errorCode ?? 'unavailable') : undefined,
    given: scripted?.pages,
  };
  const blocks: AnswerBlock[] = history.pending.map((use) => resultOf(browser, use));
  const begins = history.pending.length === 0 && !history.searched && (scripted === undefined || scripted.pages !== undefined);
  if (begins) {
    const uses = searchesOf(browser);
    const pausesAt = fault?.kind === 'pause_turn' ? Math.floor(uses.length / 2) : Infinity;
    if (uses.length > 0 && random.chance(0.5)) blocks.push({ type: 'text', text: PREAMBLE, citations: null });
    for (const [at, use] of uses.entries()) {
      if (at >= pausesAt) return { blocks: [...blocks, use], asked: true, pages: [], paused: true };
      blocks.push(use, resultOf(browser, use));
    }
    for (const use of readsOf(browser, pagesOf(blocks), request)) blocks.push(use, resultOf(browser, use));
  }
  return { blocks, asked, pages: unique([...history.pages, ...pagesOf(blocks)]), paused: false };
}

/** Sometimes Claude calls a tool of the caller while its last search is still under way; the result then begins its next answer. */
export function besideTools({ blocks }: WebTurn, key: string): readonly AnswerBlock[] {
  const last = blocks.at(-1);
  const began =
    last !== undefined && isWebResult(last) && blocks.some((block) => block.type === 'server_tool_use' && block.id === last.tool_use_id);
  return began && randomFrom(`${key}\nbeside`).chance(0.4) ? blocks.slice(0, -1) : blocks;
}

const pagesOf = (blocks: readonly AnswerBlock[]) => unique(blocks.filter(isWebResult).flatMap(pagesIn));

function useOf({ key }: Browser, input: ServerToolUse['input'], place: string): ServerToolUse {
  const name = 'query' in input ? 'web_search' : 'web_fetch';
  return { type: 'server_tool_use', id: idFrom('srvtoolu_', `${key}\n${place}`), name, input, caller: DIRECT };
}

function searchesOf(browser: Browser): ServerToolUse[] {
  const { tools, writer, random, given } = browser;
  if (tools.search === undefined) return [];
  const count = given === undefined ? random.int(1, Math.min(MOST_SEARCHES, mostUses(tools.search))) : 1;
  return Array.from({ length: count }, (_unused, at) => useOf(browser, { query: queryFor(writer) }, `search ${at}`));
}

/** Pages of the results, or those that the prompt itself names. */
function readsOf(browser: Browser, found: ReadonlyArray<Pick<WebPage, 'url'>>, request: MessagesRequest): ServerToolUse[] {
  const { tools, random } = browser;
  const { fetch } = tools;
  if (fetch === undefined) return [];
  const named = (userText(request).match(/https?:\/\/[^\s<>"')\]]+/g) ?? []).filter((url) => URL.canParse(url)).map((url) => ({ url }));
  const readable = unique([...named, ...random.shuffle(found)]).filter(({ url }) => isAllowed(fetch, url));
  return readable.slice(0, Math.min(MOST_READ, mostUses(fetch))).map(({ url }, at) => useOf(browser, { url }, `read ${at}`));
}

function resultOf(browser: Browser, use: ServerToolUse): WebResult {
  return use.name === 'web_search' ? searchResult(browser, use) : fetchResult(browser, use);
}

function searchResult({ tools, writer, random, errorCode, given }: Browser, { id }: ServerToolUse): WebSearchToolResult {
  const result = { type: 'web_search_tool_result', tool_use_id: id, caller: DIRECT } as const;
  if (errorCode !== undefined) return { ...result, content: { type: 'web_search_tool_result_error', error_code: errorCode } };
  const tool: RequestTool = tools.search ?? { name: 'web_search' };
  const drawn = Array.from({ length: random.int(3, 5) }, () => pageFor(writer, tool)).filter((page) => page !== undefined);
  const pages = given?.map((page) => ({ ...page, text: textFor(writer, 8), age: null })) ?? drawn;
  const content = unique(pages).map((page) => ({
    type: 'web_search_result' as const,
    url: page.url,
    title: page.title,
    encrypted_content: sealed(page),
    page_age: page.age,
  }));
  return { ...result, content };
}

function fetchResult({ tools, writer, random, errorCode }: Browser, { id, input }: ServerToolUse): WebFetchToolResult {
  const result = { type: 'web_fetch_tool_result', tool_use_id: id, caller: DIRECT } as const;
  if (errorCode !== undefined) return { ...result, content: { type: 'web_fetch_tool_result_error', error_code: errorCode } };
  const url = 'url' in input ? input.url : '';
  const most = Math.floor((tools.fetch?.max_content_tokens ?? Infinity) * BYTES_PER_TOKEN);
  const data = textFor(writer, random.int(15, 40)).slice(0, most);
  const title = writer.brief.topic.headline;
  const content = { type: 'document', source: { type: 'text', media_type: 'text/plain', data }, title, citations: null } as const;
  const retrieved_at = `2026-11-${String(random.int(10, 20))}T08:00:00Z`;
  return { ...result, content: { type: 'web_fetch_result', url, retrieved_at, content } };
}
