import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { BUILD_ID_FILE, buildIdOf } from '../../../worker/serverless/build-id';

describe('buildIdOf()', () => {
  let folder: string;
  let bundle: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-build-'));
    bundle = path.join(folder, 'workflow-bundle.js');
    writeFileSync(bundle, 'one');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('takes what is given, else what the package says, else a digest of the bundle that changes with it', () => {
    const digest = buildIdOf(undefined, folder, bundle);
    expect(digest).toMatch(/^dev-[0-9a-f]{10}$/);
    writeFileSync(bundle, 'another');
    expect(buildIdOf(undefined, folder, bundle)).not.toBe(digest);
    writeFileSync(path.join(folder, BUILD_ID_FILE), 'c0ffee\n');
    expect(buildIdOf(undefined, folder, bundle)).toBe('c0ffee');
    expect(buildIdOf('v2', folder, bundle)).toBe('v2');
  });

  test('refuses what neither Temporal nor a shell takes in one piece', () => {
    expect(() => buildIdOf('a,b', folder, bundle)).toThrow(/^Cannot use the build id "a,b": it may have up to 64 letters/);
  });

  test('says what is missing when nothing is built', () => {
    rmSync(bundle);
    expect(() => buildIdOf(undefined, folder, bundle)).toThrow(/is missing; run "npm run build", or set TROUPE_BUILD_ID$/);
  });
});
