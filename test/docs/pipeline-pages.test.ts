import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { z } from 'zod';

import { pipelines, type PipelineName } from '../../common/pipelines/index';
import { blocksOf } from './page-commands';

const FOLDER = join(__dirname, '..', '..', 'docs', 'pipelines');
const names = Object.keys(pipelines) as PipelineName[];
const pageOf = (name: string): string => readFileSync(join(FOLDER, `${name}.md`), 'utf8');
/** Without what only Troupe itself writes. */
const fieldsOf = (schema: z.ZodType): string[] =>
  'shape' in schema
    ? Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) =>
        field.meta()?.['internal'] === true ? [] : [name],
      )
    : [];

/** These show what comes out as a whole; the other pages have tests of their own. */
const WITH_RESULT = ['article', 'brief', 'researchWriteReview', 'parallelResearch', 'stages'] as const;

describe('docs/pipelines', () => {
  test('has a page for every pipeline, and for nothing else', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(names.map((name) => `${name}.md`).sort());
  });

  test.each(names)(
    '%s.md has a diagram and says when to use it, when one agent is enough, how to start it, what comes out, what may fail',
    (name) => {
      expect(pageOf(name)).toMatch(
        new RegExp(
          `^# ${name}\\n\\n[^#]+\`\`\`\\n[^]+?\`\`\`\\n[^]*\\n## When to use it\\n\\n[^]+\\n## When one agent is enough\\n\\n[^]+` +
            '\\n## Start it\\n\\n[^]+\\n## What comes out\\n\\n[^]+\\n## When something fails\\n\\n[^]+',
        ),
      );
    },
  );

  test.each(names)('%s.md explains every field of the input and of the result', (name) => {
    const page = pageOf(name);
    const fields = [...fieldsOf(pipelines[name].input), ...fieldsOf(pipelines[name].result)];
    // A nested field may stand for the one that holds it.
    expect(fields.filter((field) => !page.includes(`\`${field}\``) && !page.includes(`\`${field}.`))).toEqual([]);
  });

  test.each(names)('%s.md starts it from the command line, with its example and with the bare temporal', (name) => {
    const page = pageOf(name);
    expect(page).toContain(`troupe run ${name} --input examples/${name}.json`);
    expect(page).toContain(`temporal workflow start --type ${name} --task-queue troupe --input '`);
  });

  test.each(WITH_RESULT)('%s.md shows a result of the published schema', (name) => {
    const shown: unknown = JSON.parse(blocksOf(pageOf(name)).find(({ language }) => language === 'json')?.body ?? '');
    expect(pipelines[name].result.parse(shown)).toEqual(shown);
  });

  test('README.md names every pipeline with its page', () => {
    const readme = readFileSync(join(FOLDER, '..', '..', 'README.md'), 'utf8');
    expect(names.filter((name) => !readme.includes(`| [\`${name}\`](docs/pipelines/${name}.md) |`))).toEqual([]);
  });
});
