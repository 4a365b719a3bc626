import type { SimulatedModel } from './models';
import type { Random } from './random';

/** How long answers take. */
export interface LatencyConfig {
  /** Factor on the model's own speed; 0 answers at once. */
  readonly scale: number;
  /** Total milliseconds of every answer, whatever its length; overrides `scale`. */
  readonly fixedMs?: number | undefined;
  /** Overrides the speed of every model. */
  readonly tokensPerSecond?: number | undefined;
}

/** Milliseconds from the arrival of a request. */
export interface AnswerTimes {
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** Extra wait for the first token, per thousand prompt tokens that were not cached. */
const MS_PER_THOUSAND_INPUT_TOKENS = 20;
/** Part of a fixed total that passes before the first byte. */
const FIRST_BYTE_SHARE = 0.25;

export function answerTimes(
  config: LatencyConfig,
  model: SimulatedModel,
  answer: { readonly freshInputTokens: number; readonly outputTokens: number; readonly random: Random },
): AnswerTimes {
  if (config.fixedMs !== undefined) return { firstByteMs: config.fixedMs * FIRST_BYTE_SHARE, totalMs: config.fixedMs };
  if (config.scale === 0) return { firstByteMs: 0, totalMs: 0 };
  const jitter = 0.85 + answer.random.next() * 0.3;
  const first = (model.firstTokenMs + (answer.freshInputTokens / 1_000) * MS_PER_THOUSAND_INPUT_TOKENS) * jitter;
  const generation = (answer.outputTokens / (config.tokensPerSecond ?? model.tokensPerSecond)) * 1_000 * jitter;
  return { firstByteMs: first * config.scale, totalMs: (first + generation) * config.scale };
}
