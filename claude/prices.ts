import type Anthropic from '@anthropic-ai/sdk';

import type { PicoUsd } from '../common/money';
import { BATCH_FACTOR, ratesFor } from '../common/price-list';
import { costOf, type TokenUsage } from '../common/pricing';

/** The billed part of what Claude reports. */
export function usageOf(usage: Anthropic.Usage): TokenUsage {
  const oneHour = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const searches = usage.server_tool_use?.web_search_requests ?? 0;
  return {
    input_tokens: usage.input_tokens,
    output_tokens: usage.output_tokens,
    cache_creation_input_tokens: usage.cache_creation_input_tokens ?? 0,
    cache_read_input_tokens: usage.cache_read_input_tokens ?? 0,
    ...(oneHour > 0 ? { cache_creation_1h_input_tokens: oneHour } : {}),
    ...(searches > 0 ? { web_search_requests: searches } : {}),
  };
}

/** Which model answered, and how. */
export interface AnsweringModel {
  readonly answered: string;
  readonly asked: string;
  /** Part of a Message Batch. @default false */
  readonly inBatch?: boolean;
}

/**
 * List price of an answer: that of the model which answered, else that of the model which was asked (an alias).
 * @returns null when neither has a known price.
 */
export function priceOf(usage: TokenUsage, models: AnsweringModel, on: number): PicoUsd | null {
  const rates = ratesFor(models.answered, on) ?? ratesFor(models.asked, on);
  return rates === null ? null : costOf(usage, rates, models.inBatch === true ? BATCH_FACTOR : 1);
}
