import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

import { productFile } from '../../../bench/serverless-job/products';
import { checkRows, goodRows } from '../../../rows/check-rows';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(os.tmpdir(), 'troupe-products-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('500 products fit the pipeline, are all different, and are the same each time', async () => {
  const rows = { file: join(folder, 'products.csv'), pipeline: 'productLaunch' } as const;
  writeFileSync(rows.file, productFile(500));
  expect(await checkRows(rows)).toMatchObject({ good: 500, bad: [], unused: [] });
  const inputs = new Set<string>();
  for await (const { input } of goodRows(rows)) inputs.add(JSON.stringify(input));
  expect(inputs.size).toBe(500);
  expect(productFile(500)).toBe(productFile(500));
});
