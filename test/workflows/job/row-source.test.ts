import { nextUnfinished } from '../../../workflows/job/row-source';

describe('nextUnfinished()', () => {
  const finished = [
    [2, 4],
    [7, 7],
    [9, 10],
  ] as const;

  it.each([
    [1, 1],
    [2, 5],
    [4, 5],
    [6, 6],
    [7, 8],
    [9, 11],
    [11, 11],
  ])('from row %i on it is row %i', (from, next) => {
    expect(nextUnfinished(from, 10, finished)).toBe(next);
  });

  it('is every row when none is finished, and none when all are', () => {
    expect(nextUnfinished(3, 10, [])).toBe(3);
    expect(nextUnfinished(1, 10, [[1, 10]])).toBe(11);
  });
});
