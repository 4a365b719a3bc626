import { estimate, type EstimateRequest } from '../../../client/estimate/estimate';
import type { RunUse, SizedRun, StepUse } from '../../../client/estimate/step-use';

const ON = Date.UTC(2026, 10, 21);
const NO_CACHE = { cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

/** Sonnet 5.5: 2 dollars for a million tokens of prompts, 10 of answers, 2.5 written to the cache and 0.1 read from it. */
const use = (usage: Partial<StepUse['usage']>, step = 'writer', model = 'claude-sonnet-5-5'): StepUse => ({
  step,
  model,
  requests: 1,
  usage: { input_tokens: 0, output_tokens: 0, ...NO_CACHE, ...usage },
});
const RUN: RunUse = [use({ input_tokens: 1_000, output_tokens: 500 })];
const USD = 0.002 + 0.005;
const sized = (...runs: readonly RunUse[]): SizedRun[] => runs.map((run) => ({ run, bytes: 100 }));

const request = (change: Partial<EstimateRequest> = {}): EstimateRequest => ({
  pipeline: 'brief',
  rows: null,
  lane: 'interactive',
  concurrency: 25,
  simulated: true,
  first: RUN,
  rehearsed: sized(RUN),
  sizes: Array.from({ length: 20 }, () => 100),
  calibration: undefined,
  on: ON,
  ...change,
});

describe('estimate()', () => {
  it('takes a run that the simulator will answer for what its rehearsal was, give or take a little', () => {
    const { costUsd, tokens, rowUsd, steps } = estimate(request());
    expect(costUsd.expected).toBeCloseTo(USD, 8);
    expect(costUsd.high / USD).toBeGreaterThan(1.1);
    expect(costUsd.high / USD).toBeLessThan(1.25);
    expect(tokens.expected).toBe(1_500);
    expect(rowUsd).toBeNull();
    expect(steps).toMatchObject([
      { step: 'writer', model: 'claude-sonnet-5-5', calls: { expected: 1 }, inputTokens: { expected: 1_000 }, costUsd },
    ]);
  });

  it('leaves room for answers of half and of three times the length when Claude will answer', () => {
    const { costUsd } = estimate(request({ simulated: false }));
    expect(costUsd.low).toBeCloseTo(0.0018 + 0.0025, 8);
    expect(costUsd.expected).toBeCloseTo(USD, 8);
    expect(costUsd.high).toBeCloseTo(0.003 + 0.015, 8);
  });

  it('halves tokens in the batch lane and not searches', () => {
    const searching = [use({ input_tokens: 1_000, web_search_requests: 3 })];
    const at = (lane: EstimateRequest['lane']): number =>
      estimate(request({ lane, first: searching, rehearsed: sized(searching) })).costUsd.expected;
    expect(at('interactive')).toBeCloseTo(0.002 + 0.03, 8);
    expect(at('batch')).toBeCloseTo(0.001 + 0.03, 8);
  });

  it('counts on no cache hits in a batch: the range has both', () => {
    const reading = [use({ cache_read_input_tokens: 10_000 })];
    const { low, expected, high } = estimate(request({ lane: 'batch', first: reading, rehearsed: sized(reading) })).costUsd;
    expect(low).toBeLessThan(0.0005);
    expect(high).toBeGreaterThan(0.0125);
    expect(expected).toBeGreaterThan(low);
  });

  it('auto is the batch lane without a deadline, either with one that leaves a batch its day, else interactive', () => {
    const at = (deadlineMs?: number) => estimate(request({ lane: 'auto', deadlineMs })).costUsd;
    expect(at().high).toBeLessThan(USD);
    expect(at(3_600_000).expected).toBeCloseTo(USD, 8);
    const either = at(48 * 3_600_000);
    expect(either.expected).toBeCloseTo(USD / 2, 8);
    expect(either.high).toBeGreaterThan(USD);
  });

  it('adds up rows, and knows more of them the more were rehearsed', () => {
    const rows = (outputs: readonly number[]) => sized(...outputs.map((output) => [use({ input_tokens: 1_000, output_tokens: output })]));
    const first = rows([400])[0]?.run ?? [];
    const few = estimate(request({ rows: 500, first, rehearsed: rows([400, 600]) }));
    const many = estimate(
      request({ rows: 500, sample: 20, first, rehearsed: rows(Array.from({ length: 20 }, (_, at) => (at % 2 ? 600 : 400))) }),
    );
    for (const { costUsd, rowUsd } of [few, many]) {
      expect(costUsd.expected).toBeCloseTo(500 * USD, 4);
      expect(rowUsd?.expected).toBeCloseTo(USD, 6);
    }
    expect(many.costUsd.high).toBeLessThan(few.costUsd.high);
    expect(many.sampleUsd?.expected).toBeCloseTo(20 * USD, 5);
    expect(few.sampleUsd).toBeNull();
  });

  it('lets the rows that begin together write the cache, and the others read it', () => {
    const writes = [use({ cache_creation_input_tokens: 1_000_000 })];
    const reads = [use({ cache_read_input_tokens: 1_000_000 })];
    const { low, expected, high } = estimate(
      request({ rows: 100, concurrency: 10, first: writes, rehearsed: sized(reads, reads, reads, reads, reads) }),
    ).costUsd;
    expect(low).toBeLessThan(100 * 0.1 + 2.4);
    expect(expected).toBeCloseTo(100 * 0.1 + (2.4 * 11) / 2, 4);
    expect(high).toBeGreaterThan(100 * 0.1 + 24);
  });

  it('takes the mean of a step over rows that do not all take it', () => {
    const { steps } = estimate(request({ rows: 2, rehearsed: sized(RUN, [...RUN, use({ output_tokens: 100 }, 'reviser')]) }));
    expect(steps.map(({ step, calls }) => [step, calls.expected])).toEqual([
      ['writer', 1],
      ['reviser', 0.5],
    ]);
  });

  it('takes former runs of inputs like the rows for rows, at the length that their answers had', () => {
    const alike = sized(...Array.from({ length: 19 }, () => [use({ input_tokens: 1_000, output_tokens: 1_500 })]));
    const without = estimate(request({ rows: 500, simulated: false })).costUsd;
    const { costUsd } = estimate(request({ rows: 500, simulated: false, alike }));
    expect(costUsd.expected).toBeCloseTo((500 * (USD + 19 * 0.017)) / 20, 4);
    expect(costUsd.high / costUsd.low).toBeLessThan(without.high / without.low);
  });

  /** A row that has its input in two prompts, four tokens of answers whatever it is. */
  const ofSize = (bytes: number): SizedRun => ({
    bytes,
    run: [
      use({ input_tokens: 400 + bytes / 3.6, output_tokens: 100 }),
      use({ input_tokens: 300 + bytes / 3.6, output_tokens: 100 }, 'judge'),
    ],
  });
  const usdOfSize = (bytes: number): number => ((700 + bytes / 1.8) * 2 + 200 * 10) / 1e6;

  it('reckons from rows of one size to those of another, and to the sample of a file that is sorted', () => {
    const rehearsed = [ofSize(1_000), ofSize(1_200)];
    const first = ofSize(1_000).run;
    const sizes = Array.from({ length: 500 }, (_, at) => (at < 20 ? 360 : 3_735));
    const mean = 3_600;
    const { costUsd, sampleUsd, steps } = estimate(request({ rows: 500, sample: 20, first, rehearsed, sizes }));
    expect(costUsd.expected).toBeCloseTo(500 * usdOfSize(mean), 4);
    expect(sampleUsd?.expected).toBeCloseTo(20 * usdOfSize(360), 5);
    expect(steps.map(({ inputTokens, outputTokens }) => [inputTokens.expected, outputTokens.expected])).toEqual([
      [1_400, 100],
      [1_300, 100],
    ]);
    // What was not seen widens it.
    const seen = estimate(request({ rows: 500, first, rehearsed, sizes: [1_000, 1_200] })).costUsd;
    expect(costUsd.high / costUsd.low).toBeGreaterThan(seen.high / seen.low);
  });

  describe('where answers get longer with their input, which prompts do not account for', () => {
    const dear = (bytes: number): SizedRun => ({ bytes, run: [use({ input_tokens: 400 + bytes, output_tokens: bytes })] });
    const usdOf = (bytes: number): number => (400 * 2 + bytes * 12) / 1e6;
    const rehearsed = [200, 700, 1_200, 1_700, 2_200, 2_700].map(dear);
    const sizes = Array.from({ length: 60 }, (_, at) => 200 + Math.floor(at / 10) * 500);
    const about = { rows: 60, first: dear(200).run, rehearsed, sizes };
    const all = sizes.reduce((sum, size) => sum + usdOf(size), 0);

    it('knows the sample of a sorted file by the rows of its sizes', () => {
      const { costUsd, sampleUsd } = estimate(request({ ...about, sample: 20 }));
      expect(costUsd.expected).toBeCloseTo(all, 6);
      expect(sampleUsd?.expected).toBeCloseTo(10 * usdOf(200) + 10 * usdOf(700), 6);
    });

    it('is not led astray by former runs of the shortest rows, as after such a sample', () => {
      const alike = Array.from({ length: 20 }, () => dear(200));
      expect(estimate(request({ ...about, alike })).costUsd.expected).toBeCloseTo(all, 6);
    });
  });

  it('refuses a model whose price nobody knows', () => {
    const unknown = [use({ input_tokens: 1 }, 'writer', 'claude-next')];
    expect(() => estimate(request({ first: unknown, rehearsed: sized(unknown) }))).toThrow(
      'Cannot estimate the cost: the price of model "claude-next" is not known; use a listed model',
    );
  });
});
