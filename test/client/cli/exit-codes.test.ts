import { exitCodeOf } from '../../../client/cli/exit-codes';
import { TroupeError, type TroupeErrorCode } from '../../../common/troupe-error';

describe('exitCodeOf()', () => {
  test.each<[TroupeErrorCode, number]>([
    ['run-failed', 1],
    ['cancelled', 1],
    ['invalid-input', 2],
    ['id-taken', 2],
    ['run-closed', 2],
    ['not-found', 3],
    ['unreachable', 4],
    ['budget-reached', 5],
  ])('of %s is %i', (code, expected) => {
    expect(exitCodeOf(new TroupeError(code, 'x'))).toBe(expected);
  });

  test('of a run that Claude never answered is 4', () => {
    const chain = [
      { type: 'ActivityFailure', message: 'x' },
      { type: 'Unavailable', message: 'Cannot reach Claude' },
    ];
    expect(exitCodeOf(new TroupeError('run-failed', 'x', { chain }))).toBe(4);
  });

  test('of anything unexpected is 1', () => {
    expect(exitCodeOf(new TypeError('x'))).toBe(1);
  });
});
