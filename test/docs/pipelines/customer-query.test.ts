import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pipelines } from '../../../common/pipelines/index';

describe('docs/pipelines/customerQuery.md', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'pipelines', 'customerQuery.md'), 'utf8');
  const { input, result } = pipelines.customerQuery;

  test('shows a result of the published schema, whole', () => {
    const shown: unknown = JSON.parse(/```json\n([^]+?)```/.exec(page)?.[1] ?? '');
    expect(result.parse(shown)).toEqual(shown);
  });

  test('explains every field of input and result', () => {
    const fields = [...Object.keys(input.shape), ...Object.keys(result.shape).filter((name) => name !== 'routing')];
    const item = Object.keys(input.shape.catalog.element.shape);
    const routing = Object.keys(result.shape.routing.shape).map((name) => `routing.${name}`);
    for (const field of [...fields, ...item, ...routing]) expect(page).toContain(`\`${field}\``);
  });

  test('starts it with an input that the pipeline accepts', () => {
    const started = JSON.parse(/--type customerQuery .*--input '(.+)'/.exec(page)?.[1] ?? '') as unknown;
    expect(input.safeParse(started).success).toBe(true);
  });
});
