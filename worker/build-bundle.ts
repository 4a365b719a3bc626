import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { bundleWorkflows } from './bundle-workflows';

/** Where the build leaves the bundle; loading it saves a worker about a second at start. */
export const BUNDLE_PATH = join(__dirname, '..', 'workflow-bundle.js');

async function main(): Promise<void> {
  const { code } = await bundleWorkflows();
  writeFileSync(BUNDLE_PATH, code);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
