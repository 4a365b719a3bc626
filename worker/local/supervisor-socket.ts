import { rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A connection to the supervisor that listens on this socket, or undefined when none does. */
export function connectTo(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    // The listener stays: a connection to a process that was killed is reset at some later moment, and its `close` tells.
    socket.on('error', () => resolve(undefined));
    socket.once('connect', () => resolve(socket));
  });
}

/**
 * Listens on the socket. One that a killed supervisor left behind is removed first.
 * @returns undefined when another supervisor listens on it.
 */
export async function listenOn(path: string, onConnection: (socket: Socket) => void): Promise<Server | undefined> {
  const first = await tryListen(path, onConnection);
  if (first !== undefined) return first;
  const other = await connectTo(path);
  if (other !== undefined) {
    other.destroy();
    return undefined;
  }
  rmSync(path, { force: true });
  return tryListen(path, onConnection);
}

function tryListen(path: string, onConnection: (socket: Socket) => void): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer(onConnection);
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(path, () => resolve(server));
  });
}
