import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { z } from 'zod';

import { pipelines } from '../../../common/pipelines/index';

interface Shaped {
  readonly shape: Readonly<Record<string, z.ZodType>>;
}

describe.each(['goal', 'groupChat', 'crew', 'bestOf', 'vote', 'debate'] as const)('docs/pipelines/%s.md', (name) => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'pipelines', `${name}.md`), 'utf8');
  const { input, result } = pipelines[name];

  test('shows a result of the published schema', () => {
    const shown: unknown = JSON.parse(/## What comes out[^]+?```json\n([^]+?)```/.exec(page)?.[1] ?? '');
    expect(result.parse(shown)).toEqual(shown);
  });

  test('explains every field of input and result', () => {
    const fields = [input, result].flatMap((schema) => Object.keys((schema as unknown as Shaped).shape)); // all of them are objects
    for (const field of fields) expect(page).toContain(`\`${field}\``);
  });

  test('starts it with an input that the pipeline accepts', () => {
    const started = JSON.parse(new RegExp(`--type ${name} .*--input '(.+)'`).exec(page)?.[1] ?? '') as unknown;
    expect(input.safeParse(started)).toMatchObject({ success: true });
  });
});
