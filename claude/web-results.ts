import type Anthropic from '@anthropic-ai/sdk';

import { WEB_RESULT_TOKENS } from '../common/pricing';

type Block = Anthropic.ContentBlockParam | Anthropic.ContentBlock;

const MOST_REASONS = 10;
/** In running text, without what ends the sentence. */
const ADDRESS = /https?:\/\/[^\s"'<>\\)\]}]*[^\s"'<>\\)\]}.,;:!?]/g;

/** With a scheme, or one word with a domain in front. */
const LOOKS_LIKE_ADDRESS = /^(https?:|[\w-]+(\.[\w-]+)*\.[a-z]{2,}(\/\S*)?$)/i;

const isResult = ({ type }: Block): boolean => type === 'web_search_tool_result' || type === 'web_fetch_tool_result';

function blocksOf({ content }: Pick<Anthropic.MessageParam, 'content'>): readonly Block[] {
  return typeof content === 'string' ? [] : content;
}

/**
 * Addresses of the pages that searches of a conversation returned and of those that were read, and what else its tools named. An error in
 * place of a result names none.
 */
export function foundUrls(messages: ReadonlyArray<Pick<Anthropic.MessageParam, 'content'>>): ReadonlySet<string> {
  const blocks = messages.flatMap(blocksOf);
  const asked = new Map(blocks.flatMap((block) => (block.type === 'server_tool_use' ? [[block.id, block.input] as const] : [])));
  return new Set(blocks.flatMap((block) => urlsOf(block, asked)).map(comparable));
}

/** @param asked Inputs of server tools by the id of their use. */
function urlsOf(block: Block, asked: ReadonlyMap<string, unknown>): string[] {
  switch (block.type) {
    case 'web_search_tool_result':
      return Array.isArray(block.content) ? block.content.map(({ url }) => url) : [];
    case 'web_fetch_tool_result':
      // A page may have been read at another address than was asked for.
      return block.content.type === 'web_fetch_result' ? [block.content.url, ...urlOfEntry(asked.get(block.tool_use_id))] : [];
    case 'tool_result':
      return JSON.stringify(block.content ?? '').match(ADDRESS) ?? [];
    default:
      return [];
  }
}

/** The form in which addresses are compared: what leads to the same page is the same. */
function comparable(url: string): string {
  const whole = /^https?:/i.test(url) ? url : `https://${url}`;
  if (!URL.canParse(whole)) return url;
  const { host, pathname, search } = new URL(whole);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}${search}`;
}

/**
 * What is wrong with the sources that an output names: every address in a field called `sources` or `source`, wherever it stands, must be
 * one that was found. It is given as an object with a `url`, or by itself.
 */
export function unknownSources(output: unknown, found: ReadonlySet<string>): string[] {
  const unknown = citedUrls(output).filter((url) => !found.has(comparable(url)));
  const reasons = [...new Set(unknown)].map((url) => `source "${url}" is not among the search results; name only pages that were found`);
  return reasons.slice(0, MOST_REASONS);
}

function citedUrls(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(citedUrls);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    name === 'sources' || name === 'source' ? [field].flat().flatMap(urlOfEntry) : citedUrls(field),
  );
}

function urlOfEntry(entry: unknown): string[] {
  const url = typeof entry === 'object' && entry !== null && 'url' in entry ? entry.url : entry;
  if (typeof url !== 'string') return [];
  // An entry in words, such as a kind of source, claims no address.
  return url === entry && !LOOKS_LIKE_ADDRESS.test(url) ? [] : [url];
}

/** A PDF, say: what was asked for of a page does not limit it, so its bytes are all that is known of its tokens. */
function isBinary(block: Block): boolean {
  return (
    block.type === 'web_fetch_tool_result' && block.content.type === 'web_fetch_result' && block.content.content.source.type === 'base64'
  );
}

/**
 * Bytes of results that stand in messages beyond what they are counted as: what comes back is the text in an encrypted form, several times as
 * long as its tokens are many.
 */
export function surplusBytes(messages: readonly Anthropic.MessageParam[]): number {
  const results = messages.flatMap(blocksOf).filter((block) => isResult(block) && !isBinary(block));
  return results.reduce((sum, block) => sum + Math.max(0, Buffer.byteLength(JSON.stringify(block)) - WEB_RESULT_TOKENS), 0);
}
