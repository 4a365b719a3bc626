import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { Command } from 'commander';

import { buildProgram } from '../../client/cli/program';
import { outputOf, runTool, type ToolEnd } from './tools/run-tool';

const ROOT = path.join(__dirname, '..', '..');
const GIVEN = {
  CODE_BUCKET: 'code',
  EXTERNAL_ID: 'ext-12345',
  TEMPORAL_ADDRESS: 'ns.acct.tmprl.cloud:7233',
  TEMPORAL_NAMESPACE: 'ns.acct',
  TEMPORAL_PRINCIPALS: 'arn:aws:iam::1:role/a,arn:aws:iam::2:role/a',
};

/** Stands for the programs that the script calls: notes each call, answers as AWS would, and fails where the test says so. */
const STAND_IN = `#!/bin/sh
name=$(basename "$0")
printf '%s' "$name" >> "$CALLS"; for word in "$@"; do printf '|%s' "$word" >> "$CALLS"; done; printf '\\n' >> "$CALLS"
case "$name $*" in
  *"$FAIL"*) exit 7 ;;
  *"OutputKey=='BuildId'"*) echo build-of-the-stack ;;
  *FunctionVersionArn*) echo arn:function:7 ;;
  *InvokeRoleArn*) echo arn:role ;;
  *KeysArn*) echo arn:keys ;;
  *describe-secret*) echo "$VERSIONS" ;;
esac
`;

describe('deploy/lambda/deploy.sh', () => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-deploy-'));
    mkdirSync(path.join(folder, 'bin'));
    for (const name of ['aws', 'npm', 'npx']) {
      writeFileSync(path.join(folder, 'bin', name), STAND_IN);
      chmodSync(path.join(folder, 'bin', name), 0o755);
    }
    cpSync(path.join(ROOT, 'deploy', 'lambda'), path.join(folder, 'clone', 'deploy', 'lambda'), { recursive: true });
    const name = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
    for (const words of [['init'], ['add', '.'], [...name, 'commit', '--message', 'sample']]) {
      await outputOf(['git', '-C', path.join(folder, 'clone'), ...words], { env: cleanEnv() });
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const cleanEnv = () => ({ PATH: process.env['PATH'], HOME: folder });
  const deploy = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<ToolEnd> =>
    runTool(['bash', path.join(folder, 'clone', 'deploy', 'lambda', 'deploy.sh'), ...args], {
      env: {
        ...cleanEnv(),
        PATH: `${path.join(folder, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
        CALLS: path.join(folder, 'calls'),
        FAIL: 'nothing fails',
        VERSIONS: '1',
        ...GIVEN,
        ...env,
      },
    });
  const calls = (): string[][] => {
    const file = path.join(folder, 'calls');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => line.split('|'))
      : [];
  };
  const commit = async () => (await outputOf(['git', '-C', path.join(folder, 'clone'), 'rev-parse', '--short=12', 'HEAD'])).trim();

  test('packs, uploads under the name of the build, makes the stack, then registers, waits and promotes', async () => {
    expect(await deploy()).toMatchObject({ code: 0, stderr: '' });
    const build = await commit();
    const key = `troupe-lambda/${build}-arm64.zip`;
    const made = calls();
    expect(made.slice(0, 2)).toEqual([
      ['npm', 'run', '--silent', 'package:lambda'],
      ['aws', 's3', 'cp', '--only-show-errors', 'dist/lambda/troupe-lambda-arm64.zip', `s3://code/${key}`],
    ]);
    const stack = made[2] ?? [];
    expect(stack.slice(0, 3)).toEqual(['aws', 'cloudformation', 'deploy']);
    expect(stack).toEqual(expect.arrayContaining(['--stack-name', 'troupe', '--template-file', 'deploy/lambda/template.yaml']));
    // Again without a change is no failure.
    expect(stack).toEqual(expect.arrayContaining(['--no-fail-on-empty-changeset', 'CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND']));
    expect(stack).toEqual(
      expect.arrayContaining([`CodeKey=${key}`, `BuildId=${build}`, `TemporalPrincipals=${GIVEN.TEMPORAL_PRINCIPALS}`]),
    );
    const commands = made.filter(([program]) => program === 'npx').map((words) => words.join(' '));
    expect(commands).toEqual([
      'npx troupe deploy register --build-id build-of-the-stack --function-arn arn:function:7 --role-arn arn:role --external-id ext-12345',
      'npx troupe deploy wait --build-id build-of-the-stack',
      'npx troupe deploy promote --build-id build-of-the-stack',
    ]);
  });

  test('other settings of the same commit are another build, for a published version keeps its settings', async () => {
    const builds: string[] = [];
    const given: string[][] = [];
    const settings = { TROUPE_MODEL_BEST: 'claude-fable-5', TROUPE_MAX_CALLS: '40' };
    for (const [args, env] of [[['StoreDays=200']], [[], settings], [['ModelBest=other'], settings], [[], settings]] as const) {
      rmSync(path.join(folder, 'calls'), { force: true });
      expect(await deploy(['stack', ...args], env)).toMatchObject({ code: 0, stderr: '' });
      const stack = calls().find((words) => words.includes('cloudformation')) ?? [];
      const parameters = stack.slice(stack.indexOf('--parameter-overrides') + 1);
      const build = parameters.flatMap((word) => /^BuildId=(.*)$/.exec(word)?.[1] ?? '').join('');
      expect(parameters).toContain(`CodeKey=troupe-lambda/${build}-arm64.zip`);
      builds.push(build);
      given.push(parameters.slice(parameters.findIndex((word) => word.startsWith('ExternalId=')) + 1));
    }
    // Of a parameter that is given twice, AWS takes the last.
    const [max, best] = ['MaxCalls=40', 'ModelBest=claude-fable-5'];
    expect(given).toEqual([['StoreDays=200'], [max, best], [max, best, 'ModelBest=other'], [max, best]]);
    const name = await commit();
    expect(builds.every((build) => new RegExp(`^${name}-[0-9a-f]{6}$`).test(build))).toBe(true);
    expect(builds[3]).toBe(builds[1]);
    expect(new Set(builds).size).toBe(3);
  });

  test('the command line knows every word of the commands that it runs', async () => {
    await deploy([]);
    const program = buildProgram('0', async () => undefined);
    const silence = (command: Command): void => {
      command.action(() => undefined).exitOverride();
      command.commands.forEach(silence);
    };
    program.commands.forEach(silence);
    for (const [, , ...words] of calls().filter(([name]) => name === 'npx')) {
      expect(() => program.parse(words, { from: 'user' })).not.toThrow();
    }
  });

  test('gives the template only parameters that it has, and all that have no default', async () => {
    const all = { TROUPE_MODEL_FAST: 'f', TROUPE_MODEL_BALANCED: 'b', TROUPE_MODEL_BEST: 'o', TROUPE_MAX_CALLS: '5' };
    await deploy(['stack'], all);
    const given = calls()
      .flat()
      .flatMap((word) => /^([A-Z][A-Za-z]+)=/.exec(word)?.[1] ?? []);
    const template = readFileSync(path.join(ROOT, 'deploy', 'lambda', 'template.yaml'), 'utf8');
    const section = /^Parameters:\n([^]+?)^\w/m.exec(template)?.[1] ?? '';
    const parameters = [...section.matchAll(/^ {2}(\w+):\n((?: {4}.*\n)+)/gm)].map(([, name = '', body = '']) => ({
      name,
      required: !/^ {4}Default:/m.test(body),
    }));
    expect(parameters.length).toBeGreaterThan(10);
    expect(given.filter((name) => !parameters.some((each) => each.name === name))).toEqual([]);
    expect(parameters.filter(({ name, required }) => required && !given.includes(name))).toEqual([]);
  });

  test.each([
    ['cloudformation deploy', ['register', 'promote']],
    ['deploy register', ['wait', 'promote']],
    ['deploy wait', ['promote']],
  ])('does not go on when "%s" fails', async (step, never) => {
    expect(await deploy([], { FAIL: step })).toMatchObject({ code: 7 });
    expect(calls().filter((words) => never.some((word) => words.includes(word)))).toEqual([]);
  });

  test('does not register a function that has no keys yet', async () => {
    const end = await deploy(['release'], { VERSIONS: '0' });
    expect(end).toMatchObject({ code: 2 });
    expect(end.stderr).toMatch(/^Cannot deploy: the secret "arn:keys" is empty; .+\n$/);
    expect(calls().filter(([program]) => program === 'npx')).toEqual([]);
  });

  test('releases the build of the stack, also when the code here has moved on', async () => {
    writeFileSync(path.join(folder, 'clone', 'more'), '');
    expect(await deploy(['release'])).toMatchObject({ code: 0, stderr: '' });
    expect(calls().filter(([program, , , verb]) => program === 'npx' && verb === 'promote')).toEqual([
      ['npx', 'troupe', 'deploy', 'promote', '--build-id', 'build-of-the-stack'],
    ]);
  });

  test.each([
    [['everything'], {}, /"everything" is not known; use all, stack or release/],
    [['release', 'MaxCalls=5'], {}, /"MaxCalls=5" is a parameter of the stack, which release leaves as it is/],
    [[], { ARCH: 'mips' }, /ARCH is "mips"; use arm64 or x64/],
    [[], { EXTERNAL_ID: '' }, /EXTERNAL_ID is not set/],
    [[], { CODE_BUCKET: '' }, /CODE_BUCKET is not set/],
  ])('refuses %j %j with one line, nothing begun', async (args, env, message) => {
    const end = await deploy(args, env);
    expect(end.code).toBe(2);
    expect(end.stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
    expect(calls()).toEqual([]);
  });

  test.each([
    ['arm64', 'arm64'],
    ['x64', 'x86_64'],
  ])('ARCH=%s takes that package and says "%s" to the template', async (arch, architecture) => {
    expect(await deploy(['stack'], { ARCH: arch })).toMatchObject({ code: 0, stderr: '' });
    expect(calls().flat()).toEqual(
      expect.arrayContaining([
        `dist/lambda/troupe-lambda-${arch}.zip`,
        `Architecture=${architecture}`,
        'TemporalAddress=ns.acct.tmprl.cloud:7233',
      ]),
    );
  });

  test('refuses to name a build after a commit that does not have all of it', async () => {
    writeFileSync(path.join(folder, 'clone', 'more'), '');
    expect((await deploy([])).stderr).toMatch(/there are changes that no commit has/);
    expect(await deploy([], { TROUPE_BUILD_ID: 'trial-1' })).toMatchObject({ code: 0 });
    expect(calls().flat()).toContain('s3://code/troupe-lambda/trial-1-arm64.zip');
  });
});
