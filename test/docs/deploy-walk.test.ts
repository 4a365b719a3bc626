import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { outputOf, runTool, type ToolEnd } from '../deploy/tools/run-tool';
import { blocksOf, filesOf } from './page-commands';

const ROOT = path.join(__dirname, '..', '..');
const read = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');

/** Stands for every program that the pages call: notes the call, refuses files that are not there, and answers as AWS does. */
const STAND_IN = `#!/bin/sh
name=$(basename "$0")
printf '%s\\n' "$name $*" >> "$CALLS"
before=
for word in "$@"; do
  file=
  case "$word" in
    file://*) file=\${word#file://} ;;
    fileb://*) file=\${word#fileb://} ;;
    --from-env-file=*) file=\${word#--from-env-file=} ;;
  esac
  case "$before" in --filename | --kustomize | --file) file=$word ;; esac
  case "$file" in '' | - | https://*) ;; *) [ -e "$file" ] || { echo "$name: no $file" >&2; exit 9; } ;; esac
  before=$word
done
case "$name $*" in
  'openssl rand'*) echo 0123456789abcdef ;;
  zip*) touch "$1" ;;
  *"OutputKey=='BuildId'"*) echo build-of-the-stack ;;
  *FunctionVersionArn*) echo arn:function:7 ;;
  *InvokeRoleArn*) echo arn:role ;;
  *KeysArn*) echo arn:keys ;;
  *StoreLocation*) echo s3://store-bucket/troupe ;;
  *"OutputKey=='LogGroup'"*) echo log-group ;;
  *describe-secret*) echo 1 ;;
  *publish-layer-version*) echo arn:layer:1 ;;
esac
`;
const PROGRAMS = ['aws', 'npm', 'npx', 'openssl', 'zip', 'temporal', 'kubectl', 'docker'];

describe('whoever follows a page block by block', () => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-walk-'));
    mkdirSync(path.join(folder, 'bin'));
    for (const name of PROGRAMS) {
      writeFileSync(path.join(folder, 'bin', name), STAND_IN);
      chmodSync(path.join(folder, 'bin', name), 0o755);
    }
    const clone = path.join(folder, 'clone');
    for (const name of ['deploy', '.gitignore']) cpSync(path.join(ROOT, name), path.join(clone, name), { recursive: true });
    for (const words of [
      ['init'],
      ['add', '.'],
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--message', 'sample'],
    ]) {
      await outputOf(['git', '-C', clone, ...words], { env: cleanEnv() });
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const cleanEnv = () => ({ PATH: process.env['PATH'], HOME: folder });

  /**
   * Runs the shell blocks of pages in order in one shell, where an unset variable is a failure; files that a page shows are written where it
   * does, those that it takes for there before it begins.
   */
  function walk(...pages: readonly (readonly [page: string, ...files: string[]])[]): Promise<ToolEnd> {
    const steps = pages.flatMap(([name, ...given]) => {
      const page = read(name);
      const files = [...filesOf(page)];
      const there = given.map((file) => `echo '{}' > '${file}'`);
      const blocks = blocksOf(page).flatMap(({ language, body }) => {
        const [name] = files.find(([, text]) => text === body) ?? [];
        if (name !== undefined) return [`cat > '${name}' <<'END'\n${body}END`];
        return language === 'sh' ? [body] : [];
      });
      return [...there, ...blocks];
    });
    const env = {
      ...cleanEnv(),
      PATH: `${path.join(folder, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
      CALLS: path.join(folder, 'calls'),
    };
    return runTool(['bash', '--norc', '-euo', 'pipefail', '-c', steps.join('\n')], { cwd: path.join(folder, 'clone'), env });
  }
  const calls = (): string => readFileSync(path.join(folder, 'calls'), 'utf8');
  const left = (name: string): boolean => existsSync(path.join(folder, 'clone', name));

  test('docs/deploy-lambda.md: every step is given what it needs', async () => {
    expect(await walk(['docs/deploy-lambda.md', 'tools.json'])).toMatchObject({ code: 0, stderr: '' });
    expect(left('keys.json')).toBe(false);
    const principals = Array.from({ length: 5 }, () => String.raw`arn:aws:iam::\d{12}:role/wci-lambda-invoke`).join(',');
    expect(calls()).toMatch(new RegExp(` TemporalPrincipals=${principals} `));
    expect(calls()).toContain('ToolsLayerArn=arn:layer:1');
    expect(calls()).toContain('aws logs tail log-group ');
    expect(calls()).toMatch(/aws s3 rb --force s3:\/\/YOUR_BUCKET\naws s3 rb --force s3:\/\/store-bucket\n$/);
  });

  test('docs/operate.md after it: every step is given what it needs', async () => {
    expect(await walk(['docs/deploy-lambda.md', 'tools.json'], ['docs/operate.md', 'keys.json', 'keys.env'])).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect([left('keys.json'), left('keys.env')]).toEqual([false, false]);
    expect(calls()).toMatch(/BuildId=[0-9a-f]{12}-keys2 /);
    expect(calls()).toContain('kubectl rollout restart deployment/troupe-worker --namespace troupe\n');
  });

  test('docs/deploy-kubernetes.md: every step is given what it needs', async () => {
    expect(await walk(['docs/deploy-kubernetes.md'])).toMatchObject({ code: 0, stderr: '' });
    expect(left('keys.env')).toBe(false);
    const order = [
      'keda-2.21.0.yaml',
      'docker build',
      'docker push',
      'namespace.yaml',
      'create secret',
      'apply --kustomize',
      'npx troupe run',
      'delete --kustomize',
    ];
    const places = order.map((words) => calls().indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});
