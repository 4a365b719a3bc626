import { blockOrder, blockSizes } from '../../bench/block-order';
import { eachConcurrently } from '../../bench/each-concurrently';

describe('blockOrder()', () => {
  it('takes turns in who goes first', () => {
    expect(blockOrder(3)).toEqual(['bare', 'troupe', 'troupe', 'bare', 'bare', 'troupe']);
  });
});

describe('blockSizes()', () => {
  it.each([
    [300, 3, [100, 100, 100]],
    [10, 3, [4, 3, 3]],
    [2, 3, [1, 1]],
  ])('cuts %d runs into at most %d blocks', (total, blocks, sizes) => {
    expect(blockSizes(total, blocks)).toEqual(sizes);
  });
});

describe('eachConcurrently()', () => {
  it('runs every job once and never more than so many at a time', async () => {
    const seen: number[] = [];
    let [open, most] = [0, 0];
    await eachConcurrently(10, 3, async (index) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise(setImmediate);
      seen.push(index);
      open -= 1;
    });
    expect(seen.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBe(3);
  });

  it('starts no further job after a failure', async () => {
    const started: number[] = [];
    const job = async (index: number): Promise<void> => {
      started.push(index);
      await Promise.resolve();
      if (index === 1) throw new Error('broken');
    };
    await expect(eachConcurrently(100, 2, job)).rejects.toThrow('broken');
    expect(started.length).toBeLessThan(6);
  });
});
