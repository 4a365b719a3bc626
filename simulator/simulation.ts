import { openBatches, type Batches } from './batches/batches';
import { openBill, type Bill } from './bill';
import { createClock, type Clock } from './clock';
import { createFaultPlan, type FaultPlan } from './faults';
import { createRateLimiter, type RateLimiter } from './limits';
import { checkOptions, type ConfigChange, type RuntimeConfig, type SimulatorOptions } from './options';
import { createPromptCache, type PromptCache } from './prompt-cache';
import { createRuleBook, type RuleBook } from './rules';

/** The state behind the endpoints. */
export interface Simulation {
  readonly seed: number;
  readonly apiKeys: readonly string[] | undefined;
  /** Undefined: each model has its own. */
  readonly contextWindow: number | undefined;
  readonly clock: Clock;
  readonly bill: Bill;
  readonly cache: PromptCache;
  readonly limiter: RateLimiter;
  readonly faults: FaultPlan;
  readonly rules: RuleBook;
  readonly batches: Batches;
  config(): RuntimeConfig;
  configure(change: ConfigChange): void;
  /** Empties the bill, the prompt cache and the rate-limit buckets, and forgets ended batches; faults, rules and configuration stay. */
  reset(): void;
  /** Ends the work on batches and closes the bill. */
  close(): void;
}

const CONFIG_NAMES = ['latency', 'latencyMs', 'tokensPerSecond', 'limits', 'variability', 'batchMs', 'batchExpiryMs'] as const;

export function createSimulation(options: SimulatorOptions): Simulation {
  checkOptions(options);
  const seed = options.seed ?? 1;
  const clock = createClock();
  const limiter = createRateLimiter(clock, options.limits ?? 'off');
  const cache = createPromptCache(clock);
  const faults = createFaultPlan(seed, options.faults ?? []);
  const rules = createRuleBook(options.rules ?? []);
  const bill = openBill({ clock, seed, stateDir: options.stateDir });
  let config: RuntimeConfig = pickConfig(options);
  const world = { seed, contextWindow: options.contextWindow, clock, bill, cache, faults, rules, config: () => config };
  const batches = openBatches({ world, stateDir: options.stateDir, limits: options.limits ?? 'off' });
  return {
    ...world,
    apiKeys: options.apiKeys,
    clock: {
      now: () => clock.now(),
      advance: (ms) => {
        clock.advance(ms);
        batches.clockMoved();
      },
    },
    limiter,
    batches,
    configure: (change) => {
      const unknown = Object.keys(change).find((name) => !CONFIG_NAMES.includes(name as (typeof CONFIG_NAMES)[number]));
      if (unknown !== undefined)
        throw new RangeError(`Cannot configure "${unknown}": no such setting; use one of ${CONFIG_NAMES.join(', ')}`);
      checkOptions(change);
      config = pickConfig({ ...config, ...change });
      if (change.limits === undefined) return;
      limiter.configure(change.limits ?? 'off');
      batches.limiter.configure(change.limits ?? 'off');
    },
    reset: () => {
      bill.reset();
      cache.clear();
      limiter.configure(config.limits ?? 'off');
      batches.reset(config.limits ?? 'off');
    },
    close: () => {
      batches.close();
      bill.close();
    },
  };
}

/** The settings that are set; null and undefined mean unset. */
function pickConfig(from: ConfigChange): RuntimeConfig {
  return Object.fromEntries(CONFIG_NAMES.flatMap((name) => (from[name] === undefined || from[name] === null ? [] : [[name, from[name]]])));
}
