import { readOptions } from '../../bench/options';

describe('readOptions()', () => {
  it('runs everything by default', () => {
    expect(readOptions([])).toEqual({ only: ['latency', 'throughput', 'newsroom', 'jobs', 'start-up'], concurrency: 50, runs: 30 });
  });

  it('measures long conversations when asked for', () => {
    expect(readOptions(['--only', 'conversation']).only).toEqual(['conversation']);
  });

  it('reads parts and numbers', () => {
    const options = readOptions([
      '--only',
      'throughput,latency',
      '--rows',
      '30',
      '--concurrency',
      '5',
      '--runs',
      '3',
      '--json',
      'out.json',
    ]);
    expect(options).toEqual({ only: ['latency', 'throughput'], rows: 30, concurrency: 5, runs: 3, json: 'out.json' });
  });
});
