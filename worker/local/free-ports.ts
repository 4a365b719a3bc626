import { createServer } from 'node:net';

/** Whether a listener can be bound to this port of 127.0.0.1 right now. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await bind(port)) !== undefined;
}

/**
 * A free port of 127.0.0.1 for each wish, in order, all different. A taken wish, or 0, becomes a port that the system picks.
 * Between the test and the use another process may be faster: whoever starts a server must be ready to ask again.
 */
export async function freePorts(wishes: readonly number[]): Promise<number[]> {
  const chosen: number[] = [];
  for (const wish of wishes) {
    const wanted = wish !== 0 && !chosen.includes(wish) ? await bind(wish) : undefined;
    chosen.push(wanted ?? (await anyPortBut(chosen)));
  }
  return chosen;
}

async function anyPortBut(taken: readonly number[]): Promise<number> {
  for (;;) {
    const port = await bind(0);
    if (port === undefined) throw new Error('Cannot find a free port on 127.0.0.1: the system has none left; close some programs');
    if (!taken.includes(port)) return port;
  }
}

function bind(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(bound));
    });
  });
}
