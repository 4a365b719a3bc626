import { SHARED_SERVER } from './temporal';
import { SHARED_BUNDLE } from './workflow-bundle';

/** Jest's globalTeardown of the projects with a server. */
module.exports = async function globalTeardown(): Promise<void> {
  await globalThis.troupeTestServer?.close();
  globalThis.troupeTestBundle?.remove();
  globalThis.troupeTestServer = undefined;
  globalThis.troupeTestBundle = undefined;
  delete process.env[SHARED_SERVER];
  delete process.env[SHARED_BUNDLE];
};
