import { medianCents } from '../../../workflows/pipelines/median';

describe('medianCents()', () => {
  it.each([
    [[300, 100, 1_000], 300],
    [[400, 100, 1_000, 301], 351],
    [[7], 7],
    [[], 0],
  ])('of %j is %d', (cents, median) => expect(medianCents(cents)).toBe(median));

  it('leaves the order of what it is given', () => {
    const cents = [3, 1, 2];
    medianCents(cents);
    expect(cents).toEqual([3, 1, 2]);
  });
});
