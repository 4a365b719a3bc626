import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pipelines } from '../../../common/pipelines/index';

describe('docs/pipelines/ask.md', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'pipelines', 'ask.md'), 'utf8');

  test('shows a result of the published schema, whole', () => {
    const shown: unknown = JSON.parse(/```json\n([^]+?)```/.exec(page)?.[1] ?? '');
    expect(pipelines.ask.result.parse(shown)).toEqual(shown);
  });

  test('explains every field of input and result', () => {
    const { input, result } = pipelines.ask;
    const fields = [...Object.keys(input.shape), ...Object.keys(result.shape).filter((name) => name !== 'routing')];
    const routing = Object.keys(result.shape.routing.shape).map((name) => `routing.${name}`);
    for (const field of [...fields, ...routing]) expect(page).toContain(`\`${field}\``);
  });

  test('starts it with an input that the pipeline accepts', () => {
    const started = JSON.parse(/--type ask .*--input '(.+)'/.exec(page)?.[1] ?? '') as unknown;
    expect(pipelines.ask.input.safeParse(started).success).toBe(true);
  });
});
