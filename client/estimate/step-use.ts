import { priceOfMany } from '../../common/estimate';
import type { LedgerView } from '../../common/ledger';
import type { PicoUsd } from '../../common/money';
import { ratesFor } from '../../common/price-list';
import { addUsage, NO_USAGE, promptTokens, type TokenUsage } from '../../common/pricing';
import { TroupeError } from '../../common/troupe-error';

/** What one agent asked of one model in one run. */
export interface StepUse {
  readonly step: string;
  readonly model: string;
  readonly requests: number;
  readonly usage: TokenUsage;
}

/** What a whole run asked. */
export type RunUse = readonly StepUse[];

/** A run, and how large its input was. */
export interface SizedRun {
  readonly run: RunUse;
  /** Bytes of the input. */
  readonly bytes: number;
}

export const useOf = ({ byAgent }: LedgerView): RunUse =>
  byAgent.map(({ agent, model, requests, usage }) => ({ step: agent, model, requests, usage }));

/** What a former run asked, of the models that `now` asks at the same steps: it is today's models that will be paid. */
export function withModelsOf(now: readonly RunUse[], former: RunUse): RunUse {
  const uses = now.flat();
  return former.map((use) => {
    const models = new Set(uses.filter(({ step }) => step === use.step).map(({ model }) => model));
    const [model = use.model] = models;
    // Where a step asks several, nothing says which of them this was.
    return models.size === 1 ? { ...use, model } : use;
  });
}

/** What is multiplied, and with what; 1 leaves it as it is. */
export interface Factors {
  readonly requests: number;
  /** Tokens of prompts, however they are billed. */
  readonly input: number;
  /** Tokens of answers, thinking included. */
  readonly output: number;
  readonly searches: number;
}

export const UNCHANGED: Factors = { requests: 1, input: 1, output: 1, searches: 1 };

export function scaled(use: StepUse, by: Factors): StepUse {
  const { usage } = use;
  const oneHour = usage.cache_creation_1h_input_tokens;
  const searches = usage.web_search_requests;
  return {
    ...use,
    requests: use.requests * by.requests,
    usage: {
      input_tokens: usage.input_tokens * by.input,
      output_tokens: usage.output_tokens * by.output,
      cache_creation_input_tokens: usage.cache_creation_input_tokens * by.input,
      cache_read_input_tokens: usage.cache_read_input_tokens * by.input,
      ...(oneHour !== undefined && { cache_creation_1h_input_tokens: oneHour * by.input }),
      ...(searches !== undefined && { web_search_requests: searches * by.searches }),
    },
  };
}

/** The same when a part of what was read from the prompt cache has to be written again: its entry is gone. */
export function withCacheMisses(use: StepUse, part: number): StepUse {
  const { usage } = use;
  const missed = usage.cache_read_input_tokens * part;
  return {
    ...use,
    usage: {
      ...usage,
      cache_read_input_tokens: usage.cache_read_input_tokens - missed,
      cache_creation_input_tokens: usage.cache_creation_input_tokens + missed,
    },
  };
}

/** What a run asked of one step, whatever models answered. */
export function usedBy(run: RunUse, step: string): { readonly requests: number; readonly usage: TokenUsage } {
  const uses = run.filter((use) => use.step === step);
  return {
    requests: uses.reduce((sum, use) => sum + use.requests, 0),
    usage: uses.reduce((sum, use) => addUsage(sum, use.usage), NO_USAGE),
  };
}

/** How a run is priced. */
export interface Pricing {
  /** Epoch milliseconds of the day whose list counts. */
  readonly on: number;
  /** 0.5 in the batch lane. */
  readonly factor: number;
}

/** @throws TroupeError `invalid-input` when the list does not have a model */
export function priceOfUse(run: RunUse, { on, factor }: Pricing): PicoUsd {
  return run.reduce((sum, use) => {
    const rates = ratesFor(use.model, on);
    if (rates !== null) return sum + priceOfMany(use, rates, factor);
    throw new TroupeError('invalid-input', `Cannot estimate the cost: the price of model "${use.model}" is not known; use a listed model`);
  }, 0);
}

/** Prompt and answer. */
export const tokensOfUse = (run: RunUse): number => run.reduce((sum, { usage }) => sum + promptTokens(usage) + usage.output_tokens, 0);
