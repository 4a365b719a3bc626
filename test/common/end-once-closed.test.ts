import { once } from 'node:events';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { openConnection } from '../../client/connection';

const UNAVAILABLE = '14';
const EMPTY_MESSAGE = Buffer.alloc(5);

/** A Temporal server that tells what it can, and takes nothing else now; says when it was asked. */
async function busyServer() {
  const server = http2.createServer();
  server.on('stream', (stream, { ':path': path }) => {
    stream.resume();
    const headers = { ':status': 200, 'content-type': 'application/grpc' };
    if (path?.endsWith('/GetSystemInfo') === true) {
      stream.respond(headers, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(EMPTY_MESSAGE);
      return;
    }
    stream.respond({ ...headers, 'grpc-status': UNAVAILABLE }, { endStream: true });
    server.emit('refused');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('endOnceClosed() ends a request that waits for its next attempt when the connection closes', async () => {
  const { server, address } = await busyServer();
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtException', note);
  try {
    const connection = await openConnection({ address });
    const refused = once(server, 'refused');
    const described = connection.client.workflow.getHandle('a-run').describe();
    const failed = described.then(
      () => 'described',
      (error: Error) => String(error.cause),
    );
    await refused;
    await connection.close();
    const late = delay(5_000, 'nothing', { ref: false });
    expect(await Promise.race([failed, late])).toContain('has been shut down');
    expect(uncaught).toEqual([]);
  } finally {
    process.off('uncaughtException', note);
    server.close();
  }
});
