import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pipelines } from '../../../common/pipelines/index';

describe('docs/pipelines/newsroom.md', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'pipelines', 'newsroom.md'), 'utf8');
  const { input, result } = pipelines.newsroom;

  test('shows a correction of the published schema, whole', () => {
    const shown: unknown = JSON.parse(/```json\n([^]+?)```/.exec(page)?.[1] ?? '');
    expect(result.shape.corrections.element.parse(shown)).toEqual(shown);
  });

  test('explains every field of input and result', () => {
    for (const field of [...Object.keys(input.shape), ...Object.keys(result.shape)]) expect(page).toContain(`\`${field}\``);
  });

  test('starts it with an input that the pipeline accepts', () => {
    const started = JSON.parse(/--type newsroom .*--input '(.+)'/.exec(page)?.[1] ?? '') as unknown;
    expect(input.safeParse(started).success).toBe(true);
  });
});
