import { SHARED_SERVER } from './temporal';

/** Jest's globalTeardown of the "server" project. */
module.exports = async function globalTeardown(): Promise<void> {
  await globalThis.troupeTestServer?.close();
  globalThis.troupeTestServer = undefined;
  delete process.env[SHARED_SERVER];
};
