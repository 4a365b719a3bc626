import {
  growthRequirement,
  historyRequirement,
  jobRequirements,
  newsroomRequirement,
  overheadRequirement,
  rateRequirement,
  requirementLine,
  serverlessRequirements,
} from '../../bench/requirements';
import { summarize } from '../../bench/statistics';

const latency = (ratio: number) => {
  const figures = { bare: summarize([100]), troupe: summarize([100 * ratio]) };
  return { latencyMs: 200, criticalPathMs: 800, overheadMs: figures, ratio, series: { bare: [100], troupe: [100 * ratio] } };
};

const throughput = (ratio: number) => {
  const app = { articles: 300, perSecond: 10, blocks: [10], durationMs: summarize([1]), cpuMs: {} };
  return { concurrency: 50, apps: { bare: app, troupe: app }, ratio };
};

const newsroom = (ratio: number) => ({
  latencyMs: 500,
  calls: 9,
  criticalCalls: 5,
  durationMs: summarize([2_500 * ratio]),
  ratio,
  shareOfAll: (ratio * 5) / 9,
  series: [2_500 * ratio],
});

const job = (ratio: number, events: number, megabytes: number, peakMiB: number | null) => {
  const cpu = { worker: null, server: null };
  const size = { events, bytes: megabytes * 1_024 * 1_024, byType: {} };
  const perSecond = { bare: 10, troupe: 10 * ratio };
  const common = {
    rows: 700,
    concurrency: 50,
    blockSeconds: { bare: [35, 35], troupe: [35, 35] },
    cpuMs: { bare: cpu, troupe: cpu },
    rowRun: size,
  };
  return { ...common, perSecond, ratio, longestRun: size, peakMiB };
};

describe('jobRequirements()', () => {
  it('passes a job at its limits', () => {
    expect(jobRequirements(job(0.8, 9_999, 9.9, 599)).map(requirementLine)).toEqual([
      "PASS rows a second of a job of 700 at concurrency 50: 80 % of bare child workflows' (required at least 80 %)",
      'PASS longest history of the job: 9999 events and 9.9 MiB (required fewer than 10000 and 10)',
      'PASS most memory of the worker during the job: 599 MiB (required under 600)',
    ]);
  });

  it.each([
    ['the rate', job(0.79, 1, 1, 1), [false, true, true]],
    ['the events', job(1, 10_000, 1, 1), [true, false, true]],
    ['the bytes', job(1, 1, 10, 1), [true, false, true]],
    ['the memory', job(1, 1, 1, 600), [true, true, false]],
    ['nothing, and leaves out a memory that nobody knows', job(1, 1, 1, null), [true, true]],
  ])('finds fault with %s', (_, report, met) => {
    expect(jobRequirements(report).map((requirement) => requirement.met)).toEqual(met);
  });
});

describe('serverlessRequirements()', () => {
  const from = (medianMs: number, latencyMs: number, exitMs: number) => {
    const spread = (ms: number) => ({ min: ms, median: ms, max: ms });
    return { starts: 10, latencyMs, criticalCalls: 4, durationMs: spread(medianMs), exitMs: spread(exitMs), busySeconds: 1 };
  };

  it.each([
    ['passes at its limits', from(1_499, 0, 4_999), [true, true]],
    ["allows for the model's latency, call after call", from(3_499, 500, 1), [true, true]],
    ['finds fault with the start', from(3_500, 500, 1), [false, true]],
    ['finds fault with the end', from(1, 0, 5_000), [true, false]],
  ])('%s', (_, report, met) => {
    expect(serverlessRequirements(report).map((requirement) => requirement.met)).toEqual(met);
  });
});

describe('requirementLine()', () => {
  it.each([
    [1.3, 'PASS overhead of one warm article: 1.30 times that of bare Temporal (required at most 1.3 times)'],
    [1.31, 'FALLS SHORT overhead of one warm article: 1.31 times that of bare Temporal (required at most 1.3 times)'],
  ])('judges an overhead ratio of %d', (ratio, line) => {
    expect(requirementLine(overheadRequirement(latency(ratio)))).toBe(line);
  });

  it.each([
    [0.7, "PASS articles a second at concurrency 50: 70 % of bare Temporal's (required at least 70 %)"],
    [0.69, "FALLS SHORT articles a second at concurrency 50: 69 % of bare Temporal's (required at least 70 %)"],
  ])('judges a share of the rate of %d', (ratio, line) => {
    expect(requirementLine(rateRequirement(throughput(ratio)))).toBe(line);
  });

  it.each([
    [1.15, 'PASS', '1.15', '64'],
    [1.16, 'FALLS SHORT', '1.16', '64'],
    [1.8, 'FALLS SHORT', '1.80', '100'],
  ])('judges a newsroom that takes %d times its critical path', (ratio, verdict, times, share) => {
    expect(requirementLine(newsroomRequirement(newsroom(ratio)))).toBe(
      `${verdict} wall time of a newsroom article of 9 calls: ${times} times its 5 calls that wait for each other, ` +
        `${share} % of all in a row (required at most 1.15 times)`,
    );
  });

  const conversation = (megabytes: number, ratio: number) => {
    const longest = { calls: 1_000, events: 12_013, bytes: megabytes * 1_024 * 1_024, seconds: 140 };
    return { resultCharacters: 5_120, growth: [{ calls: 100, events: 1_213, bytes: 342_235, seconds: 7 }, longest], ratio };
  };

  it.each([
    [9.99, 'PASS history of a conversation of 1000 calls of a tool: 9.99 MB in one run (required under 10 MB)'],
    [10, 'FALLS SHORT history of a conversation of 1000 calls of a tool: 10.00 MB in one run (required under 10 MB)'],
  ])('judges a conversation of %d MB', (megabytes, line) => {
    expect(requirementLine(historyRequirement(conversation(megabytes, 1)))).toBe(line);
  });

  it.each([
    [1.05, 'PASS'],
    [1.06, 'FALLS SHORT'],
    [10, 'FALLS SHORT'],
  ])('judges growth of %d times', (ratio, verdict) => {
    expect(requirementLine(growthRequirement(conversation(3, ratio)))).toBe(
      `${verdict} history a call, longest conversation over shortest: ${ratio.toFixed(2)} times (100, 1000 calls) ` +
        '(required at most 1.05 times: growth is linear)',
    );
  });
});
