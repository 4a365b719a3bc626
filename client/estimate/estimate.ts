import type { Lane } from '../../common/call';
import { rangeOfSum, roundedRange, withLongerInput, type Range, type Sampling } from '../../common/estimate';
import { toUsd } from '../../common/money';

import { promptTokens } from '../../common/pricing';
import { assumptionsFor, assumed, type Assumption } from './assumptions';
import type { Calibration } from './calibrate';
import { priceOfUse, tokensOfUse, usedBy, type RunUse, type SizedRun } from './step-use';
import { standIn } from './weights';

/** What an estimate is made from. */
export interface EstimateRequest {
  readonly pipeline: string;
  /** Of a job; null for a run. */
  readonly rows: number | null;
  /** Rows that a job does first. */
  readonly sample?: number | undefined;
  readonly lane: Lane;
  /** Milliseconds that the run has, for the lane `auto`. */
  readonly deadlineMs?: number | undefined;
  /** Rows at the same time. */
  readonly concurrency: number;
  /** Whether the simulator will answer. */
  readonly simulated: boolean;
  /** The first rehearsal, which found nothing in the prompt cache. */
  readonly first: RunUse;
  /** Rehearsals after it, of rows of every size; of a run the first is the only one. */
  readonly rehearsed: readonly SizedRun[];
  /** Former runs of inputs like those of the rows: what they asked counts as it was. @default none */
  readonly alike?: readonly SizedRun[] | undefined;
  /** Bytes of the input of each row, in the order of the file; of a run the one. */
  readonly sizes: readonly number[];
  readonly calibration: Calibration | undefined;
  /** Epoch milliseconds of the day whose prices count. */
  readonly on: number;
}

/** What one agent will ask in a run, or in a row of a job: means. */
export interface EstimatedStep {
  readonly step: string;
  readonly model: string;
  readonly calls: Range;
  /** All of the prompt, what the cache holds of it included. */
  readonly inputTokens: Range;
  readonly cacheReadTokens: Range;
  readonly cacheWriteTokens: Range;
  readonly outputTokens: Range;
  readonly webSearches: Range;
  readonly costUsd: Range;
}

/** What a run or a job will come to. */
export interface Estimated {
  readonly pipeline: string;
  readonly rows: number | null;
  readonly sample: number | null;
  readonly lane: Lane;
  readonly simulated: boolean;
  /** All of it. */
  readonly costUsd: Range;
  readonly tokens: Range;
  /** Mean of a row; null for a run. */
  readonly rowUsd: Range | null;
  /** The rows of the sample; null without one. */
  readonly sampleUsd: Range | null;
  readonly steps: readonly EstimatedStep[];
}

const BOUNDS = ['low', 'expected', 'high'] as const;

/** @throws TroupeError `invalid-input` when a model has no known price */
export function estimate(request: EstimateRequest): Estimated {
  const { pipeline, rows, sample, lane, simulated } = request;
  const count = rows ?? 1;
  const cases = casesOf(request);
  const usd = (run: RunUse, at: Assumption): number => toUsd(Math.round(priceOfUse(run, { on: request.on, factor: at.laneFactor })));
  const costOf = (of: RowsOf): Range => plus(rangeIn(cases, usd, { ...accuracyOf(request), ...of }), warmUp(request, usd));
  const whole = { rows: count, ...standIn(request, request.sizes) };
  const all = costOf(whole);
  const sampled = sample === undefined || rows === null ? null : Math.min(sample, rows);
  return {
    pipeline,
    rows,
    sample: sampled,
    lane,
    simulated,
    costUsd: roundedRange(all),
    tokens: roundedRange(rangeIn(cases, tokensOfUse, { ...accuracyOf(request), ...whole })),
    rowUsd: rows === null ? null : roundedRange(over(all, rows)),
    sampleUsd: sampled === null ? null : roundedRange(costOf(sampleIn(request, sampled))),
    steps: stepsIn(cases).map((step) => stepIn(step, { sampling: { ...accuracyOf(request), ...whole }, cases, usd })),
  };
}

/** Rows that a sum is made over, and what each run tells of them. */
type RowsOf = Pick<Sampling, 'rows' | 'apart'> & ReturnType<typeof standIn>;

const sampleIn = (request: EstimateRequest, rows: number): RowsOf => ({
  rows,
  apart: rows < (request.rows ?? rows),
  ...standIn(request, request.sizes.slice(0, rows)),
});

/** The rehearsed runs as each bound takes them. */
type Cases = { readonly [bound in (typeof BOUNDS)[number]]: Case };

interface Case {
  readonly runs: readonly SizedRun[];
  readonly assumption: Assumption;
}

function casesOf(request: EstimateRequest): Cases {
  const assumptions = assumptionsFor(request);
  const { rehearsed, alike = [], calibration } = request;
  const of = (bound: keyof Cases): Case => {
    const assumption = assumptions[bound];
    const asKnown = { ...assumption, input: 1, output: 1 };
    const reckoned = rehearsed.map(({ run, bytes }) => ({ bytes, run: assumed(run, assumption, calibration) }));
    const known = alike.map(({ run, bytes }) => ({ bytes, run: assumed(run, asKnown, undefined) }));
    return { assumption, runs: [...reckoned, ...known] };
  };
  return { low: of('low'), expected: of('expected'), high: of('high') };
}

type Amount = (run: RunUse, at: Assumption) => number;

function rangeIn(cases: Cases, amount: Amount, { bytes: mean, ...sampling }: Sampling & RowsOf): Range {
  const at = (bound: keyof Cases): number => {
    const { runs, assumption } = cases[bound];
    const sized = runs.map(({ run, bytes }) => run.map((use) => withLongerInput(use, mean - bytes)));
    const unsized = runs.map(({ run }) => amount(run, assumption));
    return rangeOfSum(
      sized.map((run) => amount(run, assumption)),
      { ...sampling, unsized },
    )[bound];
  };
  return { low: at('low'), expected: at('expected'), high: at('high') };
}

/** A simulated answer is the rehearsed one but for what tools find and which of two steps side by side is first. */
const SIMULATED_DIFFERS = 0.05;

/** How well a rehearsal tells what a run will be. Without former runs of the real Claude the assumptions are the range. */
function accuracyOf({ simulated, calibration }: EstimateRequest): Pick<Sampling, 'spread' | 'from'> {
  if (calibration !== undefined) return { spread: calibration.spread, from: calibration.runs };
  return simulated ? { spread: SIMULATED_DIFFERS } : {};
}

/**
 * What the first rows of a job pay more, because they write what later ones read from the prompt cache: one row at best, and as many as begin
 * together at worst.
 */
function warmUp(request: EstimateRequest, usd: Amount): Range {
  const { rows, first, rehearsed, concurrency, calibration } = request;
  const [warm] = rehearsed;
  const assumption = { ...assumptionsFor(request).expected, cacheMisses: 0 };
  const price = (run: RunUse): number => usd(assumed(run, assumption, calibration), assumption);
  const more = rows === null || warm === undefined ? 0 : Math.max(0, price(first) - price(warm.run));
  const atOnce = Math.min(concurrency, rows ?? 1);
  return { low: more, expected: (more * (1 + atOnce)) / 2, high: more * atOnce };
}

const plus = (a: Range, b: Range): Range => ({ low: a.low + b.low, expected: a.expected + b.expected, high: a.high + b.high });
const over = ({ low, expected, high }: Range, parts: number): Range => ({
  low: low / parts,
  expected: expected / parts,
  high: high / parts,
});

const stepsIn = (cases: Cases): string[] => [...new Set(cases.expected.runs.flatMap(({ run }) => run.map(({ step }) => step)))];

interface StepContext {
  readonly sampling: Sampling & RowsOf;
  readonly cases: Cases;
  readonly usd: Amount;
}

function stepIn(step: string, { sampling, cases, usd }: StepContext): EstimatedStep {
  const of = (amount: Amount): Range => roundedRange(over(rangeIn(cases, amount, sampling), sampling.rows));
  const ofUse = (amount: (use: ReturnType<typeof usedBy>) => number): Range => of((run) => amount(usedBy(run, step)));
  const models = cases.expected.runs.flatMap(({ run }) => run.filter((use) => use.step === step).map(({ model }) => model));
  return {
    step,
    model: [...new Set(models)].join(', '),
    calls: ofUse(({ requests }) => requests),
    inputTokens: ofUse(({ usage }) => promptTokens(usage)),
    cacheReadTokens: ofUse(({ usage }) => usage.cache_read_input_tokens),
    cacheWriteTokens: ofUse(({ usage }) => usage.cache_creation_input_tokens),
    outputTokens: ofUse(({ usage }) => usage.output_tokens),
    webSearches: ofUse(({ usage }) => usage.web_search_requests ?? 0),
    costUsd: of((run, at) =>
      usd(
        run.filter((use) => use.step === step),
        at,
      ),
    ),
  };
}
