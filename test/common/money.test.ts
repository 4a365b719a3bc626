import fc from 'fast-check';

import { formatUsd, fromUsd, toUsd } from '../../common/money';

describe('money', () => {
  it('fromUsd() and toUsd() are inverse for whole pico-dollars', () => {
    fc.assert(fc.property(fc.nat(1_000_000_000), (pico) => expect(fromUsd(toUsd(pico))).toBe(pico)));
  });

  it.each([
    [0.1, 100_000_000_000],
    [0.3, 300_000_000_000],
    [1.000000000001, 1_000_000_000_001],
    [1e-13, 0],
  ])('fromUsd(%p) is %p pico-dollars', (usd, pico) => expect(fromUsd(usd)).toBe(pico));

  it.each([
    [0, '$0'],
    [12_345_000_000_000, '$12.35'],
    [1_000_000_000_000, '$1.00'],
    [23_456_000_000, '$0.0235'],
    [1_234_000, '$0.00000123'],
    [500_000_000_000, '$0.500'],
  ])('formatUsd(%p) is %p', (pico, text) => expect(formatUsd(pico)).toBe(text));
});
