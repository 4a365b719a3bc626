import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import type { Command } from 'commander';

import { eachConcurrently } from '../../bench/each-concurrently';
import { buildProgram } from '../../client/cli/program';
import { isLargeOutput } from '../../common/large-output';
import { pipelines, type PipelineName } from '../../common/pipelines/index';
import type { RunOutcome, RunProgress } from '../../common/run';
import { resolveTemporalCli } from '../../worker/local/resolve-temporal-cli';
import { startBackend, type Backend } from '../helpers/backend';
import { until } from '../helpers/until';
import { blocksOf, commandsOf, filesOf, wordsOf, type PageCommand } from './page-commands';

const ROOT = path.join(__dirname, '..', '..');
const pagesIn = (folder: string): string[] => readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);
const PAGES = [
  'README.md',
  'docs/reviews.md',
  'docs/tools.md',
  'docs/lanes.md',
  'docs/routing.md',
  ...pagesIn('docs/patterns'),
  ...pagesIn('docs/pipelines'),
];
/** These run until Ctrl-C, or look at the machine: that they are spelt right is all that is asked. */
const PARTS = ['dev', 'worker', 'simulator', 'doctor', 'codec-server'];
/** An ID on a page without a start of its own is that of any run that waits for a person. */
const WAITING_INPUT = {
  query: 'Is the kettle in stock?',
  catalog: [{ id: 'kettle-1', name: 'Kettle', price: 49.9, inStock: true }],
  minConfidence: 1,
};
/** Of a page; at ease it takes a tenth of it at most. */
const LIMIT_MS = 480_000;
/** Commands of one page; several pages run side by side. */
const AT_ONCE = 3;

interface End {
  readonly command: string;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const pages = PAGES.map((name) => {
  const page = readFileSync(path.join(ROOT, name), 'utf8');
  return { name, page, commands: commandsOf(page) };
}).filter(({ commands }) => commands.length > 0);

const subcommandOf = ({ line }: PageCommand): string => /(?:troupe|npm start --) (\S+)/.exec(line)?.[1] ?? '';
const isTemporal = ({ line }: PageCommand): boolean => line.startsWith('temporal ');
const needsRun = ({ line }: PageCommand): boolean => /\bID\b/.test(line);
const isRun = (command: PageCommand): boolean => isTemporal(command) || command.inBlock || subcommandOf(command) === 'run';

describe('the commands of the documentation', () => {
  let backend: Backend;
  let bin: string;
  let serial = 0;

  beforeAll(async () => {
    backend = await startBackend('commands');
    const onProgress = (line: string) => process.stderr.write(`${line}\n`);
    const [temporal] = await Promise.all([resolveTemporalCli({ env: process.env, onProgress }), backend.startWorker()]);
    const troupe = `exec "${process.execPath}" "${path.join(ROOT, 'dist/client/cli/main.js')}" "$@"`;
    bin = path.join(backend.folder, 'bin');
    mkdirSync(bin);
    program('temporal', `exec "${temporal.path}" "$@"`);
    program('troupe', troupe);
    program('npx', `shift\n${troupe}`);
    // Installed and built it is already.
    program('npm', `[ "$1" = ci ] && exit 0\nshift 2\n${troupe}`);
  }, 120_000);
  afterAll(() => backend.close());

  function program(name: string, script: string): void {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }

  /** Runs a line as the reader would, in a folder with the examples and the files of the page. */
  async function execute(command: string, cwd: string): Promise<End> {
    const child = spawn('/bin/sh', ['-c', command], {
      cwd,
      env: {
        PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
        HOME: backend.folder,
        NO_COLOR: '1',
        ...backend.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
    });
    const code = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [ended, stdout, stderr] = await Promise.all([code, text(child.stdout), text(child.stderr)]);
    return { command, code: ended, stdout, stderr };
  }

  async function startWaiting(): Promise<string> {
    const workflowId = `waiting-${++serial}`;
    await backend.client.workflow.start('customerQuery', {
      args: [WAITING_INPUT],
      taskQueue: 'troupe',
      workflowId,
      workflowTaskTimeout: '5s',
    });
    return workflowId;
  }

  const waits = async (id: string): Promise<boolean> =>
    (await backend.client.workflow.getHandle(id).query<RunProgress>('progress')).status === 'waiting';

  /** The run that an ID stands for: one of the page's own, one that waits where it takes a person's answer. */
  async function runFor({ line }: PageCommand, started: readonly string[]): Promise<string> {
    const candidates = started.length > 0 ? started : [await startWaiting()];
    let found = candidates.at(-1) ?? '';
    if (!/\breview\b/.test(line)) return found;
    await until(async () => {
      const waiting = await Promise.all(candidates.map(async (id) => ((await waits(id)) ? [id] : [])));
      found = waiting.flat()[0] ?? '';
      return found !== '';
    });
    return found;
  }

  async function runPage({ page, commands }: (typeof pages)[number]): Promise<End[]> {
    const cwd = mkdtempSync(path.join(backend.folder, 'page-'));
    symlinkSync(path.join(ROOT, 'examples'), path.join(cwd, 'examples'));
    for (const [name, body] of filesOf(page)) writeFileSync(path.join(cwd, name), body);
    const toRun = commands.filter((command) => isRun(command) && !PARTS.includes(subcommandOf(command)));
    const ends: End[] = [];
    const alone = toRun.filter((command) => !needsRun(command));
    await eachConcurrently(alone.length, AT_ONCE, async (at) => void ends.push(await execute(alone[at]?.line ?? '', cwd)));
    const started = ends.flatMap(({ stdout, stderr }) => /^(?:Started run|\s+WorkflowId) +(\S+)/m.exec(`${stderr}\n${stdout}`)?.[1] ?? []);
    const withId = async (command: PageCommand): Promise<End> =>
      execute(command.line.replaceAll(/\bID\b/g, await runFor(command, started)), cwd);
    // A page without a start of its own has a run for each of its commands; else one follows the other.
    if (started.length === 0) ends.push(...(await Promise.all(toRun.filter(needsRun).map(withId))));
    else for (const command of toRun.filter(needsRun)) ends.push(await withId(command));
    await Promise.all(started.map(settled));
    return ends;
  }

  /** Whoever started it: a run comes to a good end of its own with a result as published, or to a person. */
  async function settled(id: string): Promise<void> {
    const handle = backend.client.workflow.getHandle(id);
    let run = await handle.describe();
    await until(
      async () => {
        run = await handle.describe();
        return run.status.name !== 'RUNNING' || (await waits(id));
      },
      { limitMs: LIMIT_MS },
    );
    if (run.status.name === 'RUNNING') return;
    if (run.status.name !== 'COMPLETED') throw new Error(`The run "${id}" that the page starts ended as ${run.status.name}`);
    const { result } = (await handle.result()) as RunOutcome;
    if (!isLargeOutput(result)) expect(pipelines[run.type as PipelineName].result.parse(result)).toEqual(result);
  }

  test.concurrent.each(pages.map((page) => [page.name, page] as const))(
    '%s: each one runs as written and ends well, or waits for the person that the page speaks of',
    async (_, page) => {
      const awaited = /\breviews?\.md\b|troupe review/.test(page.page);
      const bad = (await runPage(page)).filter(({ code }) => code !== 0 && !(code === 6 && awaited));
      expect(bad).toEqual([]);
    },
    LIMIT_MS,
  );

  test('README.md: its program runs as written', async () => {
    const { page } = pages.find(({ name }) => name === 'README.md') ?? { page: '' };
    const cwd = mkdtempSync(path.join(backend.folder, 'program-'));
    writeFileSync(path.join(cwd, 'hello.mjs'), blocksOf(page).find(({ language }) => language === 'js')?.body ?? '');
    // In a clone the package finds itself by its name.
    mkdirSync(path.join(cwd, 'node_modules'));
    symlinkSync(ROOT, path.join(cwd, 'node_modules', 'troupe'));
    const end = await execute('node hello.mjs', cwd);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).toMatch(/^.+ 0\.\d+\n$/m);
  });

  const known = () => {
    const program = buildProgram('0', async () => undefined);
    const silence = (command: Command): void => {
      command.action(() => undefined);
      command.commands.forEach(silence);
    };
    program.commands.forEach(silence);
    return program;
  };
  const spelt = pages.flatMap(({ name, commands }) =>
    commands.filter((command) => !isTemporal(command)).map(({ line }) => [name, line] as const),
  );
  test.each(spelt)('%s: the command line knows every word of "%s"', (_, line) => {
    const words = wordsOf(line);
    const args = words.slice(words.findIndex((word) => word === 'troupe' || word === '--') + 1);
    expect(() => known().parse(args, { from: 'user' })).not.toThrow();
  });

  const spokenOf = ['README.md', ...pagesIn('docs'), ...pagesIn('docs/failures'), ...pagesIn('docs/patterns'), ...pagesIn('docs/pipelines')]
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const page = readFileSync(path.join(ROOT, name), 'utf8');
      return [...page.matchAll(/`(?:npx )?troupe ([a-z-]+)[^`\n]*`/g)].map(([, command = '']) => [name, command] as const);
    });
  test.each(spokenOf)('%s: there is a command "troupe %s"', (_, command) => {
    expect([...known().commands.map((each) => each.name()), 'help']).toContain(command);
  });
});
