import { SHARED_SERVER, startOwnTestServer, type TestServer } from './temporal';
import { makeSharedBundle, SHARED_BUNDLE, type SharedBundle } from './workflow-bundle';

declare global {
  var troupeTestServer: TestServer | undefined;
  var troupeTestBundle: SharedBundle | undefined;
}

/**
 * Jest's globalSetup of the projects with a server: one server and one bundle for all their files. The server lives in Jest's own
 * process and dies with it.
 */
module.exports = async function globalSetup(): Promise<void> {
  const [server, bundle] = await Promise.all([startOwnTestServer(), makeSharedBundle()]);
  globalThis.troupeTestServer = server;
  globalThis.troupeTestBundle = bundle;
  process.env[SHARED_SERVER] = server.address;
  process.env[SHARED_BUNDLE] = bundle.codePath;
};
