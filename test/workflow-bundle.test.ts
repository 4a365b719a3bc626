import { join } from 'node:path';

import { agents } from '../agents';
import { bundleWorkflows } from '../worker/bundle-workflows';

const ROOT = join(__dirname, '..');
const MAP_MARK = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';

/** Every worker thread loads the bundle, every workflow context runs it: measured 1,300 kB from sources and 900 kB built; zod alone would be 1 MB more. */
const MOST_BYTES = 1_600_000;
/** What @temporalio/workflow itself needs. A new name here is a decision: it runs inside every workflow. */
const ALLOWED_PACKAGES = ['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc'];
const ALLOWED_OURS = /^(workflows\/|common\/(?!pipelines\/|settings\.|price-list\.))/;

interface Bundle {
  readonly code: string;
  /** Our modules, as paths from the root of the repository. */
  readonly ours: readonly string[];
  readonly packages: readonly string[];
}

/** Splits a bundle into code and the modules that its inline source map names. */
async function readBundle(): Promise<Bundle> {
  const { code: whole } = await bundleWorkflows();
  const at = whole.lastIndexOf(MAP_MARK);
  expect(at).toBeGreaterThan(0);
  const map: unknown = JSON.parse(Buffer.from(whole.slice(at + MAP_MARK.length), 'base64').toString('utf8'));
  const sources = (map as { sources: readonly string[] }).sources.filter((source) => !source.startsWith('webpack/'));
  const packages = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  const ours = sources.filter((source) => !source.includes('node_modules/')).map((source) => source.replace(`${ROOT}/`, ''));
  return { code: whole.slice(0, at), ours, packages: [...new Set(packages)].sort() };
}

describe('bundleWorkflows()', () => {
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await readBundle();
  }, 60_000);

  test('takes in only workflows/ and the part of common/ that runs anywhere', () => {
    expect(bundle.ours).toContain('workflows/index.ts');
    expect(bundle.ours.filter((path) => !ALLOWED_OURS.test(path))).toEqual([]);
  });

  test('takes in the packages of Temporal and nothing else: no zod, no Claude SDK', () => {
    expect(bundle.packages).toEqual(ALLOWED_PACKAGES);
  });

  test('holds no prompt: editing one cannot break a run in flight', () => {
    // A run of plain letters survives whatever quoting the bundler chooses.
    const phrases = Object.values(agents).map(({ system }) => /[A-Za-z ,]{20,}/.exec(system)?.[0] ?? system);
    expect(phrases.length).toBeGreaterThan(0);
    expect(phrases.filter((phrase) => bundle.code.includes(phrase))).toEqual([]);
  });

  test(`stays under ${MOST_BYTES / 1_000} kB`, () => {
    expect(Buffer.byteLength(bundle.code)).toBeLessThan(MOST_BYTES);
  });
});
