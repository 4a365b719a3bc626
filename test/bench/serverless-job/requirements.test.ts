import type { ServerlessJobReport } from '../../../bench/serverless-job/report';
import { serverlessJobRequirements } from '../../../bench/serverless-job/requirements';
import { serverlessJobTable } from '../../../bench/serverless-job/table';

const GOOD: ServerlessJobReport = {
  rows: 20,
  sample: 5,
  gateSeconds: 60,
  batchSeconds: 12,
  realPace: false,
  seconds: 200,
  written: 20,
  keys: 20,
  calls: 130,
  books: { settledPico: 90, uncertainPico: 10, billPico: 100, duplicatesPaid: 0 },
  batches: 6,
  functions: { wakings: 30, count: 20, died: 0, longestSeconds: 55, busySeconds: 110, noneSeconds: 90 },
  lookers: { count: 4, looks: 5, seconds: 20, longestSeconds: 6 },
  gate: { tailSeconds: 3.2, woken: 0, wokenSeconds: 0 },
  waits: { tasks: 900, longestSeconds: 40, longestAloneSeconds: 4, timedOut: 2 },
  peakMiB: [150, 180, 170],
  lives: [],
};

const shortfalls = (change: Partial<ServerlessJobReport>): string[] =>
  serverlessJobRequirements({ ...GOOD, ...change })
    .filter(({ met }) => !met)
    .map(({ name }) => name);

test('serverlessJobRequirements() are met by a job that holds to all of them', () => {
  expect(shortfalls({})).toEqual([]);
});

test.each<[string, Partial<ServerlessJobReport>]>([
  ['rows of a job of 20 in its output', { written: 19 }],
  ['rows of a job of 20 in its output', { keys: 19 }],
  ['ledger against bill', { books: { ...GOOD.books, billPico: 89 } }],
  ['ledger against bill', { books: { ...GOOD.books, billPico: 101 } }],
  ['requests paid for twice', { books: { ...GOOD.books, duplicatesPaid: 1 } }],
  ['longest life of a function', { functions: { ...GOOD.functions, longestSeconds: 58.5 } }],
  ['longest life of a function', { functions: { ...GOOD.functions, died: 1 } }],
  ['functions while a person took 60 s', { gate: { ...GOOD.gate, tailSeconds: 5.1 } }],
  ['functions while a person took 60 s', { gate: { ...GOOD.gate, woken: 1 } }],
  ['functions that waited for batches, 5 looks', { lookers: { ...GOOD.lookers, seconds: 50.1 } }],
  ['longest time that one of 900 tasks waited and no function lived', { waits: { ...GOOD.waits, longestAloneSeconds: 30 } }],
])('%s falls short with %j', (name, change) => {
  expect(shortfalls(change)).toEqual([name]);
});

test('serverlessJobTable() shows the figures', () => {
  const table = serverlessJobTable(GOOD);
  for (const figure of ['200.0 s', '130 · 6', '20, 30', '110.0 s · 846.2 s', '90.0 s', '4 · 5 · 20.0 s', '3.2 s · 0', '170 · 180 MiB'])
    expect(table).toContain(figure);
});
