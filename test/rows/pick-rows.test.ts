import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pickBySize, pickRows, sizeOf } from '../../rows/pick-rows';

describe('pickBySize()', () => {
  const sizes = Array.from({ length: 1_000 }, (_, at) => (at * 7_919) % 1_000);

  it('takes rows of every size, and so does every beginning of what it takes', () => {
    const picked = pickBySize(sizes, 16).map((at) => sizes[at] ?? 0);
    expect(new Set(picked).size).toBe(16);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const count of [3, 7, 16]) expect(Math.abs(mean(picked.slice(0, count)) - 500)).toBeLessThan(60);
    expect(Math.min(...picked)).toBeLessThan(60);
    expect(Math.max(...picked)).toBeGreaterThan(940);
  });

  it.each([1, 2, 3, 5, 24])('takes each of %d rows once when there are no more', (count) => {
    const few = sizes.slice(0, count);
    expect(pickBySize(few, 24).sort((a, b) => a - b)).toEqual(few.map((_, at) => at));
  });

  it('takes none of none', () => {
    expect(pickBySize([], 5)).toEqual([]);
  });
});

test('pickRows() counts the rows that fit and returns inputs, those that tell most first', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-pick-'));
  try {
    const file = join(folder, 'rows.csv');
    const topics = Array.from({ length: 9 }, (_, at) => `Topic ${'x'.repeat(at)}`);
    writeFileSync(file, `topic\n${topics.join('\n')}\n" "\n`);
    const { rows, inputs, sizes } = await pickRows({ file, pipeline: 'brief' }, 3);
    expect(rows).toBe(9);
    expect(sizes).toHaveLength(9);
    // Spaces at the end of a cell do not count.
    expect((sizes[8] ?? 0) - (sizes[0] ?? 0)).toBe(9);
    expect(inputs).toEqual([topics[4], topics[1], topics[7]].map((topic) => expect.objectContaining({ topic }) as unknown));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('sizeOf() counts bytes: a sign of Chinese is as long as three of Latin', () => {
  expect(sizeOf('茶') - sizeOf('t')).toBe(2);
  expect(sizeOf(undefined)).toBe(sizeOf(null));
});
