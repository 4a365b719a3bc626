import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { killStack } from '../chaos/stack';
import { blocksOf, wordsOf } from './page-commands';

const execute = promisify(execFile);
const ROOT = path.join(__dirname, '..', '..');
const page = readFileSync(path.join(ROOT, 'docs', 'write-your-own.md'), 'utf8');

interface CodeOfPage {
  readonly file: string;
  readonly lines: readonly string[];
}

/** The blocks of code: each goes to the file that its leading line ends with. */
const code: CodeOfPage[] = blocksOf(page)
  .filter(({ language }) => language === 'ts')
  .map(({ lead, body }) => ({ file: /`([\w./-]+\.ts)`:$/.exec(lead)?.[1] ?? '', lines: body.trimEnd().split('\n') }));

describe('docs/write-your-own.md', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-own-'));
  const tree = path.join(folder, 'tree');
  const dataDir = path.join(folder, 'data');
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TROUPE_DATA: dataDir, TROUPE_PORT: '0', TROUPE_UI_PORT: '0' };

  afterAll(async () => {
    await killStack(dataDir);
    rmSync(folder, { recursive: true, force: true });
  });

  const inTree = (...command: readonly [string, ...string[]]) =>
    execute(process.execPath, [...command], { cwd: tree, env, maxBuffer: 16 * 1_024 * 1_024 }).catch(
      (error: Error & { stdout: string }) => {
        throw new Error(`${error.message}\n${error.stdout}`);
      },
    );
  const modules = path.join(ROOT, 'node_modules');

  it('takes fewer than 40 lines of code in all', () => {
    const lines = code.flatMap((block) => block.lines).filter((line) => line.trim() !== '');
    expect(code).toHaveLength(7);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.length).toBeLessThan(40);
  });

  it('leads to a pipeline that passes types, lint, format and build, and runs as the page says', async () => {
    await copyTree(tree);
    const made = code.filter(({ file }) => !existsSync(path.join(tree, file))).map(({ file }) => file);
    for (const block of code) apply(block, tree);
    const changed = code.map(({ file }) => file);
    await inTree(path.join(modules, 'oxfmt', 'bin', 'oxfmt'), '--check', ...changed);
    await inTree(path.join(modules, 'oxlint', 'bin', 'oxlint'), ...changed);
    await inTree(path.join(modules, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json');
    await inTree('dist/worker/build-bundle.js');
    expect(made).toEqual(['agents/pitch-writer.ts', 'common/pipelines/pitch.ts', 'workflows/pipelines/pitch.ts']);

    const command = page.split('\n').find((line) => line.startsWith('npx troupe run')) ?? '';
    const { stdout } = await inTree('dist/client/cli/main.js', ...wordsOf(command).slice(2));
    const report = JSON.parse(stdout) as { result: { pitch: string; doubts: string[] }; ledger: { requests: number } };
    expect(report).toMatchObject({ status: 'completed', simulated: true, degraded: [], ledger: { requests: 2 } });
    expect(report.result.pitch.length).toBeGreaterThan(40);
    // Nobody has said how it is to be shown.
    const { workflowId } = JSON.parse(stdout) as { workflowId: string };
    expect((await inTree('dist/client/cli/main.js', 'result', workflowId)).stdout).toContain(report.result.pitch.slice(0, 30));
  }, 120_000);
});

/** What a clone has, as it stands here. */
async function copyTree(to: string): Promise<void> {
  const { stdout } = await execute('git', ['ls-files', '-z'], { cwd: ROOT, maxBuffer: 16 * 1_024 * 1_024 });
  const files = stdout
    .split('\0')
    .filter((file) => file !== '' && !/^test\/histories\/.*json$/.test(file) && existsSync(path.join(ROOT, file)));
  for (const file of files) cpSync(path.join(ROOT, file), path.join(to, file), { recursive: true });
  symlinkSync(realpathSync(path.join(ROOT, 'node_modules')), path.join(to, 'node_modules'));
}

/** A file that is new gets the block; in a list that is there the import goes below the others, the rest to the end of the list. */
function apply({ file, lines }: CodeOfPage, tree: string): void {
  const target = path.join(tree, file);
  if (!existsSync(target)) return writeFileSync(target, `${lines.join('\n')}\n`);
  if (lines.every((line) => line.startsWith('export '))) return appendFileSync(target, `${lines.join('\n')}\n`);
  const source = readFileSync(target, 'utf8');
  const imports = lines.filter((line) => line.startsWith('import '));
  const entries = lines.filter((line) => !line.startsWith('import '));
  const withImports = source.replace(/^([^]*^import [^\n]*\n)/m, (all) => [all, ...imports.map((line) => `${line}\n`)].join(''));
  writeFileSync(
    target,
    withImports.replace(/^\} as const/m, (all) => [...entries, all].join('\n')),
  );
}
