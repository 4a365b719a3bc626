import { blockText, tokensOfText } from '../tokens';
import type { AnswerBlock, AnswerUsage, WebResult } from '../wire';
import { isWebResult } from './web-history';

/** Tokens of prompts, by how they are billed. */
interface PromptTokens {
  readonly input: number;
  readonly read: number;
  readonly written: number;
}

/**
 * Usage of an answer that searched or read. Errors are not charged for, nor is reading a page beyond its tokens.
 * @param cacheMinimum Shortest prompt, in tokens, that is cached; a shorter one counts in full each time.
 */
export function withWeb(usage: AnswerUsage, blocks: readonly AnswerBlock[], cacheMinimum: number): AnswerUsage {
  const results = blocks.filter(isWebResult);
  if (results.length === 0) return usage;
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, cache_creation } = usage;
  const first = { input: input_tokens, read: cache_read_input_tokens, written: cache_creation_input_tokens };
  const { input, read, written } = samplings(first, blocks, cacheMinimum);
  const count = (type: WebResult['type']): number => results.filter((block) => block.type === type && !isError(block)).length;
  const ephemeral_5m_input_tokens = cache_creation.ephemeral_5m_input_tokens + written - first.written;
  return {
    ...usage,
    input_tokens: input,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
    cache_creation: { ...cache_creation, ephemeral_5m_input_tokens },
    server_tool_use: { web_search_requests: count('web_search_tool_result'), web_fetch_requests: count('web_fetch_tool_result') },
  };
}

/**
 * After each result the model is run again over all that stands before it: what is new is written to the cache, the rest is read from it.
 * Results at the very beginning are left over from the answer before and there from the start.
 */
function samplings(first: PromptTokens, blocks: readonly AnswerBlock[], cacheMinimum: number): PromptTokens {
  let { input, read, written } = first;
  let prompt = input + read + written;
  let [fresh, isLeftOver] = [0, true];
  for (const block of blocks) {
    if (!isWebResult(block)) {
      isLeftOver &&= block.type === 'thinking';
      fresh += tokensOfText(blockText(block));
      continue;
    }
    fresh += tokensOfText(JSON.stringify(block));
    if (isLeftOver) input += fresh;
    else if (prompt + fresh < cacheMinimum) input += prompt + fresh;
    else [read, written] = [read + prompt, written + fresh];
    prompt += fresh;
    fresh = 0;
  }
  return { input, read, written };
}

const isError = ({ content }: WebResult): boolean => 'type' in content && content.type.endsWith('_error');
