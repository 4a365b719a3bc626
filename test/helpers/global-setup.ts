import { SHARED_SERVER, startOwnTestServer, type TestServer } from './temporal';

declare global {
  var troupeTestServer: TestServer | undefined;
}

/** Jest's globalSetup of the "server" project: one server for all its files. It lives in Jest's own process and dies with it. */
module.exports = async function globalSetup(): Promise<void> {
  const server = await startOwnTestServer();
  globalThis.troupeTestServer = server;
  process.env[SHARED_SERVER] = server.address;
};
