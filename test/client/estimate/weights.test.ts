import { weightsOf } from '../../../client/estimate/weights';

const sized = (...sizes: readonly number[]) => sizes.map((bytes) => ({ bytes }));

describe('weightsOf()', () => {
  it('lets each rehearsed row stand for the rows that are nearest to it in size', () => {
    const seen = { rehearsed: sized(10, 500, 90), alike: [] };
    expect(weightsOf(seen, [1, 8, 20, 80, 100, 120, 490, 510])).toEqual([3 / 8, 2 / 8, 3 / 8]);
    expect(weightsOf(seen, [1, 8])).toEqual([1, 0, 0]);
  });

  it('lets former runs share the part of the row that is most like them, so that many short ones do not outweigh the long', () => {
    const weights = weightsOf({ rehearsed: sized(100, 1_000), alike: sized(90, 110, 120) }, [100, 1_000]);
    expect(weights).toEqual([1 / 8, 1 / 2, 1 / 8, 1 / 8, 1 / 8]);
  });

  it('spreads them, and the rows, over rehearsed rows of the same size', () => {
    expect(weightsOf({ rehearsed: sized(100, 100), alike: sized(100, 100) }, [100, 90])).toEqual([1 / 4, 1 / 4, 1 / 4, 1 / 4]);
  });
});
