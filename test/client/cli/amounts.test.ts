import { briefUsd } from '../../../client/cli/amounts';

describe('briefUsd()', () => {
  test.each([
    [12_345.678, '$12345.68'],
    [0.00312, '$0.00312'],
    [0.000_075_6, '$0.0000756'],
    [0.000_007_56, '$0.0000076'],
    [0.000_000_05, '<$0.000001'],
  ])('%d dollars are %s, within ten characters', (amount, text) => {
    expect(briefUsd(amount, 10)).toBe(text);
    expect(text.length).toBeLessThanOrEqual(10);
  });
});
