import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..');
const lines = (count: number): string => 'work();\n'.repeat(count);

interface Fixture {
  readonly file: string;
  readonly code: string;
}

const IMPORTS = 'troupe(import-rules)';

/** Each breaks the rule it is filed under, and that rule alone makes the difference. */
const BROKEN: Readonly<Record<string, readonly Fixture[]>> = {
  [IMPORTS]: [
    { file: 'workflows/value-of-activity.ts', code: "import { call } from '../activities/call';\ncall();\n" },
    { file: 'workflows/value-of-agent.ts', code: "import { writer } from '../agents/writer';\nwriter();\n" },
    { file: 'workflows/re-export-of-agent.ts', code: "export { writer } from '../agents/writer';\n" },
    { file: 'workflows/dynamic.ts', code: "export const load = async () => import('../claude/send');\n" },
    { file: 'workflows/required.ts', code: "export const load = () => require('../claude/send');\n" },
    { file: 'workflows/side-effect.ts', code: "import '../claude/send';\n" },
    {
      file: 'workflows/type-and-value.ts',
      code: "import { type Call, call } from '../activities/call';\nexport const run = (it: Call) => call(it);\n",
    },
    { file: 'workflows/zod.ts', code: "import { z } from 'zod';\nz();\n" },
    { file: 'workflows/builtin.ts', code: "import { join } from 'node:path';\njoin();\n" },
    { file: 'workflows/pipeline-schemas.ts', code: "import { article } from '../common/pipelines/article';\narticle();\n" },
    { file: 'workflows/settings.ts', code: "import { readSettings } from '../common/settings';\nreadSettings();\n" },
    { file: 'workflows/run/prices.ts', code: "import { ratesFor } from '../../common/price-list';\nratesFor();\n" },
    { file: 'workflows/sdk.ts', code: "import Anthropic from '@anthropic-ai/sdk';\nnew Anthropic();\n" },
    { file: 'workflows/patterns/temporal.ts', code: "import { sleep } from '@temporalio/workflow';\nsleep();\n" },
    {
      file: 'workflows/patterns/temporal-type.ts',
      code: "import type { Duration } from '@temporalio/common';\nexport type D = Duration;\n",
    },
    { file: 'workflows/patterns/run.ts', code: "import { calls } from '../run/calls';\ncalls();\n" },
    { file: 'activities/sdk.ts', code: "import { APIError } from '@anthropic-ai/sdk';\nAPIError();\n" },
    { file: 'activities/sdk-deep.ts', code: "import { APIError } from '@anthropic-ai/sdk/core/error';\nAPIError();\n" },
    { file: 'activities/workflow.ts', code: "import { article } from '../workflows';\narticle();\n" },
    { file: 'simulator/claude.ts', code: "import { send } from '../claude/send';\nsend();\n" },
    { file: 'simulator/agent-type.ts', code: "import type { Agent } from '../agents/define-agent';\nexport type A = Agent;\n" },
    { file: 'simulator/sdk.ts', code: "import Anthropic from '@anthropic-ai/sdk';\nnew Anthropic();\n" },
    { file: 'client/activity.ts', code: "import { call } from '../activities/call';\ncall();\n" },
    { file: 'client/transport.ts', code: "import { send } from '../claude/send';\nsend();\n" },
    { file: 'client/workflow.ts', code: "import { article } from '../workflows';\narticle();\n" },
    { file: 'client/local-stack.ts', code: "import { start } from '../worker/local/stack';\nstart();\n" },
    { file: 'client/cli/worker-options.ts', code: "import { options } from '../../worker/options';\noptions();\n" },
    { file: 'common/builtin.ts', code: "import { join } from 'path';\njoin();\n" },
    { file: 'common/agent-type.ts', code: "import type { Agent } from '../agents/define-agent';\nexport type A = Agent;\n" },
    { file: 'common/schema.ts', code: "import { z } from 'zod';\nz();\n" },
    { file: 'common/pipelines.ts', code: "import { article } from './pipelines/article';\narticle();\n" },
    { file: 'common/pipelines/builtin.ts', code: "import { join } from 'node:path';\njoin();\n" },
    { file: 'agents/transport.ts', code: "import { send } from '../claude/send';\nsend();\n" },
    { file: 'storage/claude.ts', code: "import { send } from '../claude/send';\nsend();\n" },
    { file: 'rows/client.ts', code: "import { connect } from '../client/connect';\nconnect();\n" },
    { file: 'rows/client-type.ts', code: "import type { Troupe } from '../client/connect';\nexport type T = Troupe;\n" },
    { file: 'rows/activity.ts', code: "import { call } from '../activities/call';\ncall();\n" },
    { file: 'claude/rows.ts', code: "import { readRows } from '../rows/read-rows';\nreadRows();\n" },
    { file: 'claude/activity.ts', code: "import { call } from '../activities/call';\ncall();\n" },
    { file: 'worker/test-code.ts', code: "import { fake } from '../test/helpers/fake';\nfake();\n" },
  ],
  'troupe(no-enum)': [{ file: 'common/enum.ts', code: 'export enum Lane {\n  batch,\n}\n' }],
  'troupe(no-export-star)': [{ file: 'common/star.ts', code: "export * from './money';\n" }],
  'troupe(no-shared-state)': [
    {
      file: 'workflows/last-topic.ts',
      code: "let last = '';\nexport const remember = (topic: string) => (last = topic);\nexport const recall = () => last;\n",
    },
    { file: 'workflows/run/seen.ts', code: 'export const seen = new Set<string>();\n' },
    { file: 'workflows/topics.ts', code: 'const topics: string[] = [];\nexport const remember = (topic: string) => topics.push(topic);\n' },
    { file: 'common/cache.ts', code: 'const cache = new Map<string, string>();\nexport const get = (key: string) => cache.get(key);\n' },
  ],
  'troupe(no-jest-mock)': [{ file: 'test/mock.test.ts', code: "jest.mock('node:fs');\n" }],
  'typescript(no-floating-promises)': [
    { file: 'activities/floating.ts', code: 'async function send(): Promise<void> {}\nexport function run(): void {\n  send();\n}\n' },
  ],
  'typescript(no-explicit-any)': [{ file: 'common/any.ts', code: 'export const anything = (it: any): unknown => it;\n' }],
  'typescript(consistent-type-imports)': [
    { file: 'common/value-import-of-type.ts', code: "import { PicoUsd } from './money';\nexport type P = PicoUsd;\n" },
  ],
  'import(no-default-export)': [{ file: 'common/default.ts', code: 'export default 1;\n' }],
  'import(no-cycle)': [
    { file: 'claude/one.ts', code: "import { two } from './two';\nexport const one = () => two();\n" },
    { file: 'claude/two.ts', code: "import { one } from './one';\nexport const two = () => one();\n" },
  ],
  'eslint(max-lines)': [
    { file: 'claude/long.ts', code: lines(301) },
    { file: 'test/long.test.ts', code: lines(401) },
  ],
  'eslint(max-lines-per-function)': [{ file: 'claude/long-function.ts', code: `export function run() {\n${lines(60)}}\n` }],
  'eslint(max-params)': [
    { file: 'claude/parameters.ts', code: 'export const sum = (a: number, b: number, c: number, d: number) => a + b + c + d;\n' },
  ],
  'eslint(no-console)': [{ file: 'claude/console.ts', code: "console.log('x');\n" }],
  'eslint(no-unused-vars)': [{ file: 'claude/unused.ts', code: 'const unused = 1;\n' }],
  'unicorn(filename-case)': [{ file: 'claude/camelCase.ts', code: 'export const x = 1;\n' }],
};

const ACCEPTED: readonly Fixture[] = [
  { file: 'workflows/types-only.ts', code: "import type { Agent } from '../agents/define-agent';\nexport type A = Agent;\n" },
  { file: 'workflows/inline-types.ts', code: "import { type Agent } from '../agents/define-agent';\nexport type A = Agent;\n" },
  {
    file: 'workflows/article.ts',
    code: "import { sleep } from '@temporalio/workflow';\n\nimport { toUsd } from '../common/money';\n\nexport const wait = async () => sleep(toUsd);\n",
  },
  { file: 'workflows/patterns/step.ts', code: "import { isCancellation } from '../../common/cancellation';\nisCancellation();\n" },
  {
    file: 'workflows/words.ts',
    code: "const WORDS: ReadonlySet<string> = new Set(['a']);\nexport const has = (word: string) => WORDS.has(word);\n",
  },
  { file: 'claude/cache.ts', code: 'const cache = new Map<string, string>();\nexport const get = (key: string) => cache.get(key);\n' },
  { file: 'claude/sdk.ts', code: "import Anthropic from '@anthropic-ai/sdk';\nnew Anthropic();\n" },
  { file: 'test/sdk.test.ts', code: "import Anthropic from '@anthropic-ai/sdk';\nnew Anthropic();\n" },
  { file: 'bench/sdk.ts', code: "import Anthropic from '@anthropic-ai/sdk';\nnew Anthropic();\n" },
  { file: 'simulator/sdk-type.ts', code: "import type { Message } from '@anthropic-ai/sdk/resources';\nexport type M = Message;\n" },
  {
    file: 'client/cli/local.ts',
    code: "import { start } from '../../worker/local/stack';\nimport { runWorker } from '../../worker/run-worker';\n\nrunWorker(start);\n",
  },
  { file: 'client/rows.ts', code: "import { readRows } from '../rows/read-rows';\nreadRows();\n" },
  { file: 'activities/jobs/rows.ts', code: "import { readRows } from '../../rows/read-rows';\nreadRows();\n" },
  { file: 'client/cli/print.ts', code: "console.log('x');\n" },
  { file: 'common/pipelines/zod.ts', code: "import { z } from 'zod';\nz();\n" },
  { file: 'test/long-enough.test.ts', code: `export function run() {\n${lines(300)}}\n` },
];

const HELPERS: readonly Fixture[] = [
  { file: 'common/money.ts', code: 'export type PicoUsd = number;\nexport const toUsd = 1;\n' },
  { file: 'tsconfig.json', code: '{ "compilerOptions": { "module": "node20", "types": [], "noEmit": true } }' },
];

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

/** Lints copies of the fixtures under the repository's own configuration; returns the codes found, by file. */
async function lint(folder: string, fixtures: readonly Fixture[]): Promise<Map<string, string[]>> {
  await cp(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  await cp(join(ROOT, 'lint'), join(folder, 'lint'), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const { file, code } of fixtures) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), code);
  }
  const oxlint = join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const run = promisify(execFile)(process.execPath, [oxlint, '--format=json'], { cwd: folder, maxBuffer: 16 * 1024 * 1024 });
  // oxlint exits with 1 when it finds something: its report is on stdout either way.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const found = new Map<string, string[]>();
  for (const { code, filename } of (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics) {
    found.set(filename, [...(found.get(filename) ?? []), code]);
  }
  return found;
}

describe('lint rules', () => {
  let folder: string;
  let found: Map<string, string[]>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-lint-'));
    found = await lint(folder, [...HELPERS, ...Object.values(BROKEN).flat(), ...ACCEPTED]);
  }, 60_000);

  afterAll(async () => rm(folder, { recursive: true, force: true }));

  const cases = Object.entries(BROKEN).flatMap(([rule, fixtures]) => fixtures.map(({ file }) => ({ rule, file })));

  test.each(cases)('$rule refuses $file', ({ rule, file }) => {
    expect(found.get(file) ?? []).toContain(rule);
  });

  test.each(ACCEPTED)('no rule refuses $file', ({ file }) => {
    expect(found.get(file) ?? []).toEqual([]);
  });
});
