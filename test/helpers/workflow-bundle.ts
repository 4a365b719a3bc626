import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { bundleWorkflows } from '../../worker/bundle-workflows';

/** Set by the global set-up of the projects with a server: the file with the bundle that all test files share. */
export const SHARED_BUNDLE = 'TROUPE_TEST_BUNDLE';

export interface SharedBundle {
  readonly codePath: string;
  remove(): void;
}

/** Bundles the workflows as they are in the sources now. Once for a whole test run: it costs a processor three seconds. */
export async function makeSharedBundle(): Promise<SharedBundle> {
  const { code } = await bundleWorkflows();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-test-bundle-'));
  const codePath = path.join(folder, 'workflow-bundle.js');
  writeFileSync(codePath, code);
  return { codePath, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Our workflows: from the shared bundle where there is one, else bundled now. */
export async function workflowBundle(): Promise<{ codePath: string } | { code: string }> {
  const codePath = process.env[SHARED_BUNDLE];
  return codePath === undefined ? bundleWorkflows() : { codePath };
}
