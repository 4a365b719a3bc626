import { waitingFor } from '../../../client/cli/rehearse';

describe('waitingFor()', () => {
  it.each([
    [null, 1, 'a run'],
    [1, 1, 'a row'],
    [8, 8, 'up to 8 rows'],
    [12_000, 24, 'up to 24 of 12,000 rows'],
  ])('of %p rows with %i inputs is %s', (rows, inputs, from) => {
    const line = waitingFor({ rows, inputs: Array.from({ length: inputs }, () => ({})) });
    expect(line).toBe(`Estimating from ${from}, rehearsed on a simulator for free`);
    expect(line.length).toBeLessThan(80);
  });
});
