import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..');
const run = promisify(execFile);

interface Ended {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Commits a project whose test command is `script` together with our .ci/run, leaves uncommitted work beside it, and runs it. */
async function runCi(folder: string, script: string): Promise<Ended> {
  const project = join(folder, 'project');
  await mkdir(join(project, '.ci'), { recursive: true });
  await mkdir(join(folder, 'tmp'));
  await cp(join(ROOT, '.ci', 'run'), join(project, '.ci', 'run'));
  await chmod(join(project, '.ci', 'run'), 0o755);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'sample', version: '1.0.0', scripts: { test: 'node test.js' } }));
  await writeFile(
    join(project, 'package-lock.json'),
    JSON.stringify({ name: 'sample', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'sample', version: '1.0.0' } } }),
  );
  await writeFile(join(project, 'test.js'), script);
  const git = async (...args: string[]) => run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: project });
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'sample');
  await writeFile(join(project, 'test.js'), 'console.log("99 passed, 99 failed")');
  const env = { ...process.env, TMPDIR: join(folder, 'tmp'), ANTHROPIC_API_KEY: 'sk-of-the-developer' };
  const ended = await run(join(project, '.ci', 'run'), [], { env, cwd: folder }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
  return { code: ended.code, lines: ended.stdout.trimEnd().split('\n') };
}

/** A process that ended but was not yet reaped by its parent is a zombie, not alive. */
async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return status !== '' && !/^State:\s+Z/m.test(status);
}

// Linux only: the sweep for leftovers reads /proc.
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describeOnLinux('.ci/run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-ci-run-'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  test('tests the commit rather than the working tree, and ends with the count and the exit code of the tests', async () => {
    const ended = await runCi(folder, 'console.log("Tests: 2 failed, 3 passed\\n3 passed, 2 failed\\nbye"); process.exitCode = 7;');
    expect(ended.code).toBe(7);
    expect(ended.lines).toContain('bye');
    expect(ended.lines.at(-1)).toBe('3 passed, 2 failed');
  });

  test('gives the tests CI, no stdin and no key, and removes its clone', async () => {
    const facts = "({ CI: process.env.CI, key: process.env.ANTHROPIC_API_KEY ?? null, stdin: require('fs').readFileSync(0, 'utf8') })";
    const ended = await runCi(folder, `console.log(JSON.stringify(${facts})); console.log('1 passed, 0 failed');`);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.lines).toContain('{"CI":"true","key":null,"stdin":""}');
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  test('says so when the tests end without a count', async () => {
    const ended = await runCi(folder, 'process.exitCode = 1;');
    expect(ended.code).toBe(1);
    expect(ended.lines.slice(-2)).toEqual(['The tests did not run to their end (exit code 1)', '0 passed, 1 failed']);
  });

  test('ends processes that the tests left behind, detached ones too', async () => {
    const pidFile = join(folder, 'pid');
    const options = "{ detached: true, cwd: '/', stdio: 'inherit' }";
    const script = `const child = require('child_process').spawn('sleep', ['600'], ${options}); child.unref();
      require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid)); console.log('1 passed, 0 failed');`;
    const ended = await runCi(folder, script);
    expect(ended).toMatchObject({ code: 0 });
    expect(await isAlive(Number(await readFile(pidFile, 'utf8')))).toBe(false);
  });
});
