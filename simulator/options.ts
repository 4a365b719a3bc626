import type { FaultRule } from './faults';
import { LIMIT_NAMES, type LimitsOption } from './limits';
import type { AnswerRule } from './rules';

/** How a simulator starts. All optional. */
export interface SimulatorOptions {
  /** TCP port; 0 takes a free one. @default 0 */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** Another seed gives other answers and other faults. @default 1 */
  readonly seed?: number;
  /** Factor on the models' own speed; 0 answers at once, 1 at the speed of the real thing. Minimum 0. @default 0 */
  readonly latency?: number;
  /** Total milliseconds of every answer; overrides `latency`. */
  readonly latencyMs?: number;
  /** Overrides the speed of every model. */
  readonly tokensPerSecond?: number;
  /** Rate limits: a usage tier, own numbers, or none. @default 'off' */
  readonly limits?: LimitsOption;
  /** Milliseconds until a batch is done; overrides `latency`. */
  readonly batchMs?: number;
  /** Milliseconds after which a batch expires; its results are kept for 29 days whatever this is. @default 86400000 */
  readonly batchExpiryMs?: number;
  /** Folder of bill and batches; with it they survive a kill and go on after a restart. @default in memory only */
  readonly stateDir?: string;
  /** Chance, 0 to 1, that an answer differs from the one given before to the same request. @default 0 */
  readonly variability?: number;
  /** Keys that are accepted. @default every key that does not contain the word "invalid" */
  readonly apiKeys?: readonly string[];
  /** Tokens that a prompt may have; overrides the window of every model. */
  readonly contextWindow?: number;
  readonly faults?: readonly FaultRule[];
  readonly rules?: readonly AnswerRule[];
}

/** What can be changed while the simulator runs. */
export type RuntimeConfig = Pick<
  SimulatorOptions,
  'latency' | 'latencyMs' | 'tokensPerSecond' | 'limits' | 'variability' | 'batchMs' | 'batchExpiryMs'
>;

/** A `null` from JSON switches an override off. */
export type ConfigChange = { readonly [Name in keyof RuntimeConfig]?: RuntimeConfig[Name] | null };

const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

/**
 * Checks options before anything starts.
 * @throws RangeError naming the first wrong one and what is allowed.
 */
export function checkOptions(options: SimulatorOptions | ConfigChange): void {
  const { port, seed, contextWindow } = options as SimulatorOptions;
  if (contextWindow !== undefined && !(Number.isInteger(contextWindow) && contextWindow > 0))
    wrong('contextWindow', contextWindow, 'a whole number above 0');
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) wrong('port', port, 'a whole number from 0 to 65535');
  if (seed !== undefined && !Number.isSafeInteger(seed)) wrong('seed', seed, 'a whole number');
  for (const name of ['latency', 'latencyMs', 'tokensPerSecond', 'variability', 'batchMs', 'batchExpiryMs'] as const) {
    const value = options[name];
    if (value === undefined || value === null) continue;
    if (!isAmount(value)) wrong(name, value, 'a number from 0');
    if (name === 'variability' && value > 1) wrong(name, value, 'a number from 0 to 1');
    if ((name === 'tokensPerSecond' || name === 'batchExpiryMs') && value === 0) wrong(name, value, 'a number above 0');
  }
  if (options.limits !== undefined && options.limits !== null) checkLimits(options.limits);
}

function checkLimits(limits: LimitsOption): void {
  if (typeof limits === 'string') {
    if (!LIMIT_NAMES.includes(limits)) wrong('limits', limits, `one of ${LIMIT_NAMES.join(', ')}, or own numbers`);
    return;
  }
  const rows = [limits, ...(limits.fable ? [limits.fable] : [])];
  const whole = rows.every((row) =>
    [row.requests, row.inputTokens, row.outputTokens].every((perMinute) => isAmount(perMinute) && perMinute > 0),
  );
  const { batches } = limits;
  if (batches !== undefined && ![batches.requests, batches.queued].every((most) => isAmount(most) && most > 0))
    wrong('limits.batches', JSON.stringify(batches), 'positive "requests" per minute and "queued" items');
  if (!whole) wrong('limits', JSON.stringify(limits), 'positive "requests", "inputTokens" and "outputTokens" per minute');
}

function wrong(name: string, value: unknown, allowed: string): never {
  throw new RangeError(`Cannot use simulator option "${name}": ${String(value)} is not allowed; give ${allowed}`);
}
