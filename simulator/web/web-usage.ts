import { blockText, tokensOfText } from '../tokens';
import type { AnswerBlock, AnswerUsage, WebResult } from '../wire';
import { isWebResult } from './web-history';

/**
 * Usage of an answer that searched or read. After each result the model is run again over all that stands before it: the part that is new is
 * written to the cache, the rest is read from it. Errors are not charged for, nor is reading a page beyond its tokens.
 * @param cacheMinimum Shortest prompt, in tokens, that is cached; a shorter one counts in full each time.
 */
export function withWeb(usage: AnswerUsage, blocks: readonly AnswerBlock[], cacheMinimum: number): AnswerUsage {
  const results = blocks.filter(isWebResult);
  if (results.length === 0) return usage;
  let { input_tokens: input, cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
  let prompt = input + read + written;
  let isFirst = true;
  let fresh = 0;
  for (const block of blocks) {
    if (!isWebResult(block)) {
      isFirst = false;
      fresh += tokensOfText(blockText(block));
      continue;
    }
    fresh += tokensOfText(JSON.stringify(block));
    if (isFirst) {
      // Left over from the answer before: it is there before this one begins.
      input += fresh;
    } else if (prompt + fresh < cacheMinimum) {
      input += prompt + fresh;
    } else {
      read += prompt;
      written += fresh;
    }
    prompt += fresh;
    fresh = 0;
  }
  const count = (type: WebResult['type']): number => results.filter((block) => block.type === type && !isError(block)).length;
  return {
    ...usage,
    input_tokens: input,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
    cache_creation: {
      ...usage.cache_creation,
      ephemeral_5m_input_tokens: usage.cache_creation.ephemeral_5m_input_tokens + written - usage.cache_creation_input_tokens,
    },
    server_tool_use: { web_search_requests: count('web_search_tool_result'), web_fetch_requests: count('web_fetch_tool_result') },
  };
}

const isError = ({ content }: WebResult): boolean => 'type' in content && content.type.endsWith('_error');
