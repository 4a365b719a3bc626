import { measureServerlessJob } from '../../../bench/serverless-job';
import { serverlessJobRequirements } from '../../../bench/serverless-job/requirements';
import { makeStackFolder, removeStackFolder } from '../../helpers/serverless-stack';

jest.setTimeout(600_000);

let folder: string;
beforeEach(() => (folder = makeStackFolder()));
afterEach(() => removeStackFolder(folder));

test('a job in the batch lane through functions: rows once, books agree, nobody lives while a person is waited for', async () => {
  const lines: string[] = [];
  const clock = { gateSeconds: 20, batchMs: 6_000, realPace: false };
  const report = await measureServerlessJob(folder, { rows: 20, clock, say: (line) => lines.push(line) });
  const shortfalls = serverlessJobRequirements(report).filter(({ met }) => !met);
  expect({ shortfalls, lines: shortfalls.length > 0 ? lines : [] }).toEqual({ shortfalls: [], lines: [] });
  expect(report.batches).toBeGreaterThanOrEqual(6);
  expect(report.functions.noneSeconds).toBeGreaterThan(clock.gateSeconds - 6);
});
