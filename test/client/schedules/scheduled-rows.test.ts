import { checkSchedule } from '../../../client/schedules/check-schedule';
import { scheduledRows, type RowsFlags } from '../../../client/schedules/scheduled-rows';

const ROWS: RowsFlags = { rows: '/data/in/*.csv', outDir: '/data/out' };

describe('scheduledRows()', () => {
  it('makes a request that passes the checks of a schedule', () => {
    const flags: RowsFlags = { ...ROWS, set: { currency: 'EUR' }, format: 'shopify', skipInvalid: true, concurrency: 5, rowBudgetUsd: 0.1 };
    const input = scheduledRows('nightly', 'productLaunch', flags);
    const { run } = checkSchedule('nightly', { pipeline: 'batchFiles', input }, { cron: '0 2 * * *' });
    expect(run).toMatchObject({
      pipeline: 'batchFiles',
      subject: '/data/in/*.csv',
      input: {
        pipeline: 'productLaunch',
        name: 'nightly',
        source: '/data/in/*.csv',
        outDir: '/data/out',
        format: 'shopify',
        settleMs: 10_000,
      },
    });
    expect(scheduledRows('homes', 'listing', { rows: 'https://mls.example/x.json', outDir: 'C:\\out' })).toMatchObject({ name: 'homes' });
    expect(scheduledRows('one', 'brief', {})).toBeUndefined();
  });

  it.each<[string, string, RowsFlags, RegExp]>([
    [
      'a path that depends on where somebody is',
      'brief',
      { ...ROWS, rows: 'data/*.csv' },
      /: --rows "data\/\*\.csv" must be an absolute path of a folder/,
    ],
    ['a pattern for folders', 'brief', { ...ROWS, rows: '/data/*/a.csv' }, /: --rows "\/data\/\*\/a\.csv" must be an absolute path/],
    ['another kind of address', 'brief', { ...ROWS, rows: 'ftp://x/a.csv' }, /: --rows "ftp:\/\/x\/a\.csv" must be/],
    [
      'an output folder beside it',
      'brief',
      { ...ROWS, outDir: 'out' },
      /: --out-dir "out" must be an absolute path; workers look there, wherever you are$/,
    ],
    [
      'its own folder for the output',
      'brief',
      { ...ROWS, rows: '/data/in/*.csv', outDir: '/data/in/' },
      /: --out-dir "\/data\/in\/" is the folder of the rows/,
    ],
    [
      'the folder of rows for the output',
      'brief',
      { ...ROWS, rows: '/data/in', outDir: '/data/in' },
      /: --out-dir "\/data\/in" is the folder of/,
    ],
    ['rows without an output folder', 'brief', { rows: '/data/in' }, /: it is not said where the output goes; add --out-dir \/data\/out$/],
    [
      'flags of rows without rows',
      'brief',
      { skipInvalid: true },
      /: --skip-invalid is for rows, and none are named; name their files with --rows/,
    ],
    [
      'a field that is not there',
      'brief',
      { ...ROWS, set: { colour: 'red' } },
      /^Cannot use --set colour=red: "brief" has no field "colour"/,
    ],
    ['a map of another pipeline', 'brief', { ...ROWS, format: 'reso' }, /: --format reso fills "listing", not "brief"; leave it out, or/],
    ['rows of jobs', 'batchJob', ROWS, /^Cannot schedule rows of "batchJob": this pipeline is not made for it; choose one of brief/],
  ])('refuses %s', (_, pipeline, flags, message) => {
    expect(() => scheduledRows('nightly', pipeline, flags)).toThrow(message);
  });
});
