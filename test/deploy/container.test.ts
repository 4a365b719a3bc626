import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { describeWithTools, INSTALL_LIMIT_MS } from './tools/checks';
import { unknownSettings } from './tools/known-settings';
import { pythonTools, type PythonTools } from './tools/python-tools';
import { runTool } from './tools/run-tool';

const ROOT = path.join(__dirname, '..', '..');
const DOCKERFILE = path.join(ROOT, 'deploy', 'container', 'Dockerfile');

const text = readFileSync(DOCKERFILE, 'utf8').replaceAll(/^\s*#.*\n/gm, '');
const instructions = text
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => ({ name: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));
/** Of the image that ships. */
const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const of = (name: string) => last.filter((each) => each.name === name).map(({ rest }) => rest);

describeWithTools('deploy/container/Dockerfile', ['python'], () => {
  let tools: PythonTools;
  beforeAll(async () => {
    tools = await pythonTools();
  }, INSTALL_LIMIT_MS);

  test('hadolint finds nothing in it, and finds the faults planted in a copy', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-dockerfile-'));
    const copy = path.join(folder, 'Dockerfile');
    writeFileSync(copy, readFileSync(DOCKERFILE, 'utf8').replace('WORKDIR /app', 'WORKDIR app').replace(':${NODE}-slim', ':latest'));
    const [real, faulty] = await Promise.all([tools.hadolint(DOCKERFILE), tools.hadolint(copy)]);
    rmSync(folder, { recursive: true });
    expect(real).toMatchObject({ code: 0, stdout: '' });
    expect(faulty.stdout).toMatch(/DL3000/);
    expect(faulty.stdout).toMatch(/DL3007/);
  });
});

describe('the image', () => {
  test('is based on one exact version of Node that Troupe supports', () => {
    const [version = ''] = instructions.filter(({ name }) => name === 'ARG').map(({ rest }) => /^NODE=(.*)$/.exec(rest)?.[1] ?? '');
    expect(version).toMatch(/^\d+\.\d+\.\d+-[a-z]+$/);
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(22);
    expect(instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest)).toEqual([
      'node:${NODE} AS build',
      'node:${NODE}-slim',
    ]);
  });

  test('runs the worker as a user without rights, by number, with node as the process that hears signals', () => {
    expect(of('USER')).toEqual(['1000:1000']);
    expect(of('ENTRYPOINT')).toEqual(['["node", "dist/client/cli/main.js"]']);
    expect(of('CMD')).toEqual(['["worker"]']);
  });

  test('has the certificates that the slim base lacks, and no source, test or tool of the build', () => {
    expect(of('COPY').map((line) => line.split(' ').slice(1))).toEqual([
      ['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/certs/'],
      ['/app/package.json', './'],
      ['/app/node_modules', './node_modules'],
      ['/app/dist', './dist'],
      // Of the user that the worker runs as.
      ['--chown=node:node', '/data', '/data'],
    ]);
    expect(of('WORKDIR')).toEqual(['/app']);
    expect(of('ENV')).toEqual(['NODE_ENV=production TROUPE_DATA=/data']);
    expect(of('COPY').every((line) => line.startsWith('--from=build '))).toBe(true);
  });

  test('leaves behind what only the build needs, and what is of other platforms', async () => {
    const [run = ''] = instructions.filter(({ name }) => name === 'RUN').map(({ rest }) => rest);
    const steps = run.split(' && ').map((step) => step.trim());
    expect(steps.map((step) => step.split(' ').slice(0, 2).join(' '))).toEqual([
      'npm ci',
      'npm prune',
      'find node_modules/@temporalio/core-bridge/releases',
      'rm -rf',
      'mkdir /data',
    ]);
    expect(steps[1]).toContain('--omit=dev');
    const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-image-'));
    const releases = path.join(folder, 'node_modules', '@temporalio', 'core-bridge', 'releases');
    const { stdout: machine } = await runTool(['uname', '-m']);
    const own = `${machine.trim()}-unknown-linux-gnu`;
    for (const name of [own, 'riscv64-apple-darwin', 'mips-pc-windows-msvc']) mkdirSync(path.join(releases, name), { recursive: true });
    for (const name of ['test', 'bench', 'lambda', 'worker', 'client']) mkdirSync(path.join(folder, 'dist', name), { recursive: true });
    const end = await runTool(['sh', '-c', `${steps[2]} && ${steps[3]}`], { cwd: folder });
    const left = [readdirSync(releases), readdirSync(path.join(folder, 'dist')).sort()];
    rmSync(folder, { recursive: true });
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(left).toEqual([[own], ['client', 'worker']]);
  });

  test('sets only what Troupe reads', () => {
    const names = of('ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('=')[0] ?? ''));
    expect(unknownSettings(names.filter((name) => name !== 'NODE_ENV'))).toEqual([]);
  });

  test('gets neither keys, nor data, nor what was built for another machine from the folder', () => {
    const ignored = readFileSync(path.join(ROOT, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).toEqual(
      expect.arrayContaining(['.git', '.troupe', '**/.env', '**/.env.*', '**/*.key', 'keys.*', 'tools.json', 'node_modules', 'dist']),
    );
  });
});
