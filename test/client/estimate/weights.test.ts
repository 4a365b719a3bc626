import { weightsOf } from '../../../client/estimate/weights';

const sized = (...sizes: readonly number[]) => sizes.map((bytes) => ({ bytes }));

describe('weightsOf()', () => {
  it('gives each rehearsed row the same part', () => {
    expect(weightsOf(sized(10, 500, 90), [])).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  it('lets former runs share the part of the row that is most like them, so that many short ones do not outweigh the long', () => {
    const weights = weightsOf(sized(100, 1_000), sized(90, 110, 120));
    expect(weights).toEqual([1 / 8, 1 / 2, 1 / 8, 1 / 8, 1 / 8]);
  });

  it('spreads them over rows of the same size', () => {
    expect(weightsOf(sized(100, 100), sized(100, 100))).toEqual([1 / 4, 1 / 4, 1 / 4, 1 / 4]);
  });
});
