import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Command } from 'commander';

import { buildProgram } from '../../client/cli/program';
import { SEARCH_ATTRIBUTES } from '../../common/search-attributes';
import { unknownSettings } from '../deploy/tools/known-settings';
import { blocksOf, wordsOf } from './page-commands';

const ROOT = path.join(__dirname, '..', '..');
const read = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');
/** Their commands need an account or a cluster, so none is run here: what can be known of them without is checked. */
const PAGES = ['docs/deploy-lambda.md', 'docs/deploy-kubernetes.md', 'docs/operate.md', 'docs/scale.md'];

const shellOf = (page: string): string[] =>
  blocksOf(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ body }) =>
      body
        .replaceAll(/\\\n\s*/g, '')
        .trimEnd()
        .split('\n'),
    );
const inlineOf = (page: string): string[] =>
  [...page.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

describe.each(PAGES)('%s', (name) => {
  const page = read(name);

  test('the command line knows every word of its commands', () => {
    const program = buildProgram('0', async () => undefined);
    const silence = (command: Command): void => {
      command
        .action(() => undefined)
        .exitOverride()
        .configureOutput({ writeErr: () => undefined });
      command.commands.forEach(silence);
    };
    program.exitOverride().commands.forEach(silence);
    const lines = [...shellOf(page), ...inlineOf(page)].filter((line) => /^(?:npx )?troupe /.test(line) && !/…/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const words = wordsOf(line.replaceAll(/\bID\b/g, 'some-id'));
      const args = words.slice(words.indexOf('troupe') + 1);
      try {
        program.parse(args, { from: 'user' });
      } catch (error) {
        // Spoken of without what it needs is spelt right, too.
        const { code } = error as { code?: string };
        expect([line, code]).toEqual([line, expect.stringMatching(/missing(?:Mandatory)?Option|missingArgument|commander\.help/)]);
      }
    }
  });

  test('scripts of npm and files that its commands name are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const text = [...shellOf(page), ...inlineOf(page)].join('\n');
    const named = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
    const files = [...text.matchAll(/(?:^|[\s"])((?:deploy|common|worker|test)\/[\w./-]+)/gm)].map(([, file = '']) => file);
    expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  test('names only variables that somebody reads', () => {
    const names = [...page.matchAll(/\b((?:TROUPE|TEMPORAL)_[A-Z_]*[A-Z])(?![\w*])/g)].map(([, variable = '']) => variable);
    expect(unknownSettings(names.filter((each) => each !== 'TEMPORAL_PRINCIPALS'))).toEqual([]);
  });
});

describe('docs/deploy-lambda.md', () => {
  const page = read('docs/deploy-lambda.md');

  test('makes the search attributes that runs have', () => {
    const made = [...page.matchAll(/for name in ([\w ]+); do .+ --type (\w+); done|--name (\w+) --type (\w+)/g)].flatMap(
      ([, names, type, name = '', only]) => (names?.split(' ') ?? [name]).map((each) => [each, type ?? only]),
    );
    expect(made.filter(([each]) => each !== '$name').sort()).toEqual(Object.entries(SEARCH_ATTRIBUTES).sort());
  });

  test('sets what the script asks for', () => {
    const script = read('deploy/lambda/deploy.sh');
    const asked = [...script.matchAll(/^ *needs (.+)$/gm)].flatMap(([, names = '']) => names.split(' '));
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((name) => !new RegExp(`\\b${name}=`).test(page))).toEqual([]);
  });

  test('looks for outputs that the template has', () => {
    const template = read('deploy/lambda/template.yaml');
    const outputs = template.slice(template.indexOf('\nOutputs:'));
    const asked = [...`${page}${read('deploy/lambda/deploy.sh')}`.matchAll(/OutputKey=='(\w+)'|output (\w+Arn)/g)].map(
      (found) => found[1] ?? found[2] ?? '',
    );
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((name) => !outputs.includes(`\n  ${name}:\n`))).toEqual([]);
  });
});
