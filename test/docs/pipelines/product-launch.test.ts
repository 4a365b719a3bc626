import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pipelines } from '../../../common/pipelines/index';
import { parseInput } from '../../../common/pipelines/parse-input';

const ROOT = join(__dirname, '..', '..', '..');
const { input, result } = pipelines.productLaunch;

describe('docs/pipelines/productLaunch.md', () => {
  const page = readFileSync(join(ROOT, 'docs', 'pipelines', 'productLaunch.md'), 'utf8');

  test('shows a result of the published schema, whole', () => {
    const shown: unknown = JSON.parse(/```json\n([^]+?)```/.exec(page)?.[1] ?? '');
    expect(result.parse(shown)).toEqual(shown);
  });

  test('explains every field of input and result', () => {
    const pricing = Object.keys(result.shape.pricing.shape).map((name) => `pricing.${name}`);
    const fields = [...Object.keys(input.shape), ...Object.keys(result.shape).filter((name) => name !== 'pricing'), ...pricing];
    for (const field of fields) expect(page).toContain(`\`${field}\``);
  });

  test('starts it with an input that the pipeline accepts', () => {
    const started = JSON.parse(/--type productLaunch .*--input '(.+)'/.exec(page)?.[1] ?? '') as unknown;
    expect(input.safeParse(started).success).toBe(true);
  });
});

describe('examples/products.csv', () => {
  const [head = '', ...rows] = readFileSync(join(ROOT, 'examples', 'products.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = head.split(',');

  test('has the fields of the input as columns', () => {
    expect([...columns].sort()).toEqual(Object.keys(input.shape).sort());
    expect(rows).toHaveLength(20);
  });

  test.each(rows)('%s', (row) => {
    const cells = [...row.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain = '']) => quoted ?? plain);
    const numbers = new Set(['cost', 'marginFloorPercent', 'titleCharacters', 'metaCharacters', 'priceEnding']);
    const given = Object.fromEntries(columns.map((name, at) => [name, numbers.has(name) ? Number(cells[at]) : cells[at]]));
    expect(parseInput('productLaunch', input, given)).toMatchObject({ ok: true });
  });
});
