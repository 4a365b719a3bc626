import { createServer, type AddressInfo, type Server } from 'node:net';

import { freePorts, isPortFree } from '../../../worker/local/free-ports';
import { until } from '../../helpers/until';

let server: Server;
let taken: number;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  taken = (server.address() as AddressInfo).port;
});

afterEach(() => server.close());

describe('freePorts()', () => {
  test('keeps a free wish, replaces a taken or repeated one and 0, and repeats none', async () => {
    let ports: readonly number[] = [];
    // Another process may take the free one meanwhile.
    await until(async () => {
      const [free = 0] = await freePorts([0]);
      ports = await freePorts([free, taken, free, 0]);
      return ports[0] === free;
    });
    expect(ports[1]).not.toBe(taken);
    expect(new Set(ports).size).toBe(4);
    expect(ports.every((port) => port > 0)).toBe(true);
  });
});

describe('isPortFree()', () => {
  test('tells a taken port from a free one', async () => {
    await expect(isPortFree(taken)).resolves.toBe(false);
    await new Promise((closed) => server.close(closed));
    await until(() => isPortFree(taken));
  });
});
