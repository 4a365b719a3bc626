import { calibrate, calibrated } from '../../../client/estimate/calibrate';
import type { RunUse, StepUse } from '../../../client/estimate/step-use';

const MODEL = 'claude-sonnet-5-5';
const ON = Date.UTC(2026, 10, 21);

const use = (step: string, input: number, output: number, requests = 1): StepUse => ({
  step,
  model: MODEL,
  requests,
  usage: { input_tokens: input, output_tokens: output, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
});
const real = { simulated: false, on: ON };

describe('calibrate()', () => {
  it('says nothing without former runs', () => {
    expect(calibrate([], real)).toBeUndefined();
  });

  it('finds by how much real runs differ from their rehearsals, step by step, whatever the size of their inputs', () => {
    const compared = [1, 4].map((size) => ({
      rehearsed: [use('writer', 1_000 * size, 100 * size), use('title', 50, 10)],
      real: [use('writer', 1_100 * size, 250 * size), use('title', 50, 5)],
    }));
    const found = calibrate(compared, real);
    expect(found?.runs).toBe(2);
    expect(found?.factors.get('writer')).toMatchObject({ input: expect.closeTo(1.1) as number, output: expect.closeTo(2.5) as number });
    expect(found?.factors.get('title')).toMatchObject({ requests: 1, input: 1, output: 0.5 });
    const applied = calibrated([use('writer', 2_000, 200)], found as NonNullable<typeof found>);
    expect(applied[0]?.usage).toMatchObject({
      input_tokens: expect.closeTo(2_200) as number,
      output_tokens: expect.closeTo(500) as number,
    });
  });

  it('adds what rehearsals never do: steps of real runs alone, at their mean', () => {
    const compared: Array<{ real: RunUse; rehearsed: RunUse }> = [
      { rehearsed: [use('writer', 100, 10)], real: [use('writer', 100, 10), use('reviser', 400, 40)] },
      { rehearsed: [use('writer', 100, 10)], real: [use('writer', 100, 10)] },
    ];
    const found = calibrate(compared, real);
    expect(calibrated([use('writer', 100, 10)], found as NonNullable<typeof found>)).toEqual([
      use('writer', 100, 10),
      { ...use('reviser', 200, 20), requests: 0.5 },
    ]);
  });

  it('is the surer of a run the more runs were as their rehearsals say, and sooner so of the simulator', () => {
    const alike = (count: number) =>
      Array.from({ length: count }, () => ({ real: [use('writer', 100, 20)], rehearsed: [use('writer', 100, 10)] }));
    const spread = (count: number, simulated: boolean): number => calibrate(alike(count), { simulated, on: ON })?.spread ?? Infinity;
    expect(spread(1, false)).toBeCloseTo(0.3);
    expect(spread(8, false)).toBeCloseTo(0.3 / Math.sqrt(8));
    expect(spread(1, true)).toBeCloseTo(0.05);
  });

  it('is unsure where former runs differed', () => {
    const compared = [50, 400].map((output) => ({ real: [use('writer', 100, output)], rehearsed: [use('writer', 100, 100)] }));
    expect(calibrate(compared, real)?.spread).toBeGreaterThan(0.5);
  });
});
