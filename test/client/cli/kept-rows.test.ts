import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { keptRows, stampOf } from '../../../client/cli/kept-rows';

const folder = mkdtempSync(join(tmpdir(), 'troupe-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'rows.csv');
const ROWS = 'sku,topic\na,Tea\nb,\nc,Milk\n';

async function kept(change: () => void) {
  writeFileSync(file, ROWS);
  const stamp = await stampOf(file);
  change();
  const { good, skipped } = keptRows({ file, pipeline: 'brief' }, stamp);
  const keys: string[] = [];
  for await (const { key } of good) keys.push(key);
  return { keys, left: skipped.map(({ line }) => line) };
}

describe('keptRows()', () => {
  test('gives the rows that fit, and notes the others', async () => {
    await expect(kept(() => undefined)).resolves.toEqual({ keys: ['a', 'c'], left: [3] });
  });

  test.each([
    ['has grown', () => appendFileSync(file, 'd,Coffee\n')],
    ['is shorter', () => writeFileSync(file, 'sku,topic\na,T')],
    ['is another of the same size', () => (writeFileSync(`${file}.new`, ROWS), renameSync(`${file}.new`, file))],
  ])('ends with a refusal when the file %s', async (_, change) => {
    await expect(kept(change)).rejects.toMatchObject({
      code: 'invalid-input',
      message: `Cannot start the job: "${file}" was changed while it was read; start again when nobody writes to it`,
    });
  });
});
