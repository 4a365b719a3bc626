import { CALL_OPTIONS } from '../../../common/call-options';
import { invocationWindow } from '../../../worker/serverless/window';

describe('invocationWindow()', () => {
  test.each([
    [6_000, { pollMs: 2_250, graceMs: 2_250, forceMs: 3_250 }],
    [15_000, { pollMs: 6_000, graceMs: 6_000, forceMs: 8_000 }],
    [55_000, { pollMs: 26_000, graceMs: 26_000, forceMs: 28_000 }],
    [900_000, { pollMs: 477_000, graceMs: 420_000, forceMs: 422_000 }],
  ])('divides %i ms so that what is taken up last can still finish', (remainingMs, expected) => {
    expect(invocationWindow(remainingMs)).toEqual(expected);
  });

  test("leaves every agent's longest attempt its time in a function of 15 minutes", () => {
    const longest = Math.max(...Object.values(CALL_OPTIONS).map(({ startToCloseMs }) => startToCloseMs));
    expect(invocationWindow(900_000).graceMs).toBeGreaterThanOrEqual(longest);
  });

  test('refuses what is too short for a call', () => {
    expect(() => invocationWindow(3_000)).toThrow('Cannot serve Temporal within 3000 ms: no call fits; let the function live 900 s');
  });
});
