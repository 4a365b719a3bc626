import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { examplesOf } from '../../../client/cli/pipeline-examples';
import { packageRoot } from '../../../worker/local/package-root';

const cwd = process.cwd();
beforeEach(() => process.chdir(packageRoot()));
afterEach(() => process.chdir(cwd));

describe('examplesOf()', () => {
  test('has a subject alone only where that is a whole input', () => {
    expect(examplesOf('article')).toEqual(['npx troupe run article "Your topic"', 'npx troupe run article --input examples/article.json']);
    expect(examplesOf('customerQuery')).toEqual(['npx troupe run customerQuery --input examples/customerQuery.json']);
    expect(examplesOf('stages')).toEqual(['npx troupe run stages --input examples/stages.json']);
  });

  test('has the example file only when it is there, by a path that holds from here', () => {
    const root = mkdtempSync(join(tmpdir(), 'troupe-examples-'));
    try {
      expect(examplesOf('brief', root)).toEqual(['npx troupe run brief "Your topic"']);
      mkdirSync(join(root, 'examples'));
      writeFileSync(join(root, 'examples', 'brief.json'), '{}');
      expect(examplesOf('brief', root)).toContain(`npx troupe run brief --input ${join(root, 'examples', 'brief.json')}`);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
