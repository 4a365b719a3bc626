import type { MessagesRequest, ServerToolUse, WebResult } from '../wire';
import type { WebPage } from './sealed-text';

/** What a conversation already has of the web. */
export interface WebHistory {
  /** Uses of the last answer that still wait for their results: it paused, or called another tool at the same time. */
  readonly pending: readonly ServerToolUse[];
  /** Whether anything was searched or read before, successfully or not. */
  readonly searched: boolean;
  readonly pages: ReadonlyArray<Pick<WebPage, 'url' | 'title'>>;
}

type Block = { readonly type: string; readonly tool_use_id?: string };

const isUse = (block: Block): block is ServerToolUse => block.type === 'server_tool_use';
export const isWebResult = (block: Block): block is WebResult =>
  block.type === 'web_search_tool_result' || block.type === 'web_fetch_tool_result';

export function webHistoryOf({ messages }: Pick<MessagesRequest, 'messages'>): WebHistory {
  // Their shape was checked when the request arrived.
  const blocks = messages.map(({ content }) => (typeof content === 'string' ? [] : (content as unknown as readonly Block[])));
  const all = blocks.flat();
  const answered = new Set(all.filter(isWebResult).map(({ tool_use_id }) => tool_use_id));
  const results = all.filter(isWebResult);
  return {
    pending: all.filter(isUse).filter(({ id }) => !answered.has(id)),
    searched: results.length > 0,
    pages: unique(results.flatMap(pagesIn)),
  };
}

/** The pages that a result brings: none when it is an error. */
export function pagesIn({ content }: WebResult): Array<Pick<WebPage, 'url' | 'title'>> {
  if (Array.isArray(content)) return content.map(({ url, title }) => ({ url, title }));
  // What is no list is an error or a page; the types cannot tell a read-only list from them.
  const read = content as Exclude<WebResult['content'], readonly unknown[]>;
  return read.type === 'web_fetch_result' ? [{ url: read.url, title: read.content.title }] : [];
}

/** Each address once, as it was found first. */
export function unique<Page extends { readonly url: string }>(pages: readonly Page[]): Page[] {
  return pages.filter(({ url }, at) => pages.findIndex((page) => page.url === url) === at);
}
