import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';

import { TroupeCostUsd, TroupePipeline } from '../../../common/search-attributes';
import { resolveTemporalCli } from '../../../worker/local/resolve-temporal-cli';
import { startTemporalServer, type TemporalServer, type TemporalServerOptions } from '../../../worker/local/temporal-server';
import { gone } from '../../helpers/processes';

let folder: string;
let cli: string;
const servers: TemporalServer[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-server-'));
  cli = (await resolveTemporalCli({ env: process.env })).path;
}, 600_000);

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<TemporalServerOptions> = {}): Promise<TemporalServer> {
  const logFile = path.join(folder, 'temporal.log');
  const server = await startTemporalServer({ cli, env: process.env, logFile, port: 0, uiPort: 0, ...options });
  servers.push(server);
  return server;
}

async function withClient<Result>(server: TemporalServer, use: (client: Client) => Promise<Result>): Promise<Result> {
  const connection = await Connection.connect({ address: server.address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });
}

const portOf = (address: string) => Number(new URL(`http://${address}`).port);

describe('startTemporalServer()', () => {
  test('serves the namespace, the search attributes and the Web UI when it resolves', async () => {
    const server = await start();
    const described = await withClient(server, async (client) => {
      const typedSearchAttributes = new TypedSearchAttributes([
        { key: TroupePipeline, value: 'brief' },
        { key: TroupeCostUsd, value: 0.5 },
      ]);
      const handle = await client.workflow.start('nobody', { workflowId: 'attributes', taskQueue: 'none', typedSearchAttributes });
      return handle.describe();
    });
    expect(described.typedSearchAttributes.get(TroupeCostUsd)).toBe(0.5);
    const page = await fetch(`${server.ui}/`);
    expect(page.status).toBe(200);
  });

  test('takes other ports when the wanted ones are taken', async () => {
    const taken = await listen(0);
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const server = await start({ port, uiPort: port });
    expect(portOf(server.address)).not.toBe(port);
    expect(server.ui).not.toContain(`:${port}`);
    taken.close();
  });

  const long = `Error: failed starting server: ${'could not build arguments for function: '.repeat(30)}bind: address already in use`;
  const panic = [
    'level=ERROR msg="Failed to start" error="bind: address already in use"',
    'panic: nil pointer',
    ...Array<string>(30).fill('main.go:18'),
  ];
  test.each([
    ['however long the server takes to say so', long],
    ['also when the server panics over it', panic.join('\n')],
    ['also when it ends without a word', ''],
  ])('tries again when a port of its own was taken meanwhile, %s', async (how, words) => {
    const script = path.join(folder, `unlucky-${how.length}`);
    writeFileSync(`${script}.words`, words);
    const unlucky = `#!/bin/sh\n[ -e ${script}.tried ] && exec ${cli} "$@"\ntouch ${script}.tried\ncat ${script}.words >&2\nexit 1\n`;
    writeFileSync(script, unlucky, { mode: 0o755 });
    const server = await start({ cli: script, headless: true, logFile: `${script}.log` });
    expect(existsSync(`${script}.tried`)).toBe(true);
    await withClient(server, (client) => client.workflowService.getSystemInfo({}));
  });

  test('keeps its runs in the database file across kill -9', async () => {
    const databaseFile = path.join(folder, 'kept.db');
    const first = await start({ databaseFile, headless: true });
    await withClient(first, (client) => client.workflow.start('nobody', { workflowId: 'kept', taskQueue: 'none' }));
    process.kill(first.process.pid, 'SIGKILL');
    await expect(first.process.ended).resolves.toBe('SIGKILL');
    const second = await start({ databaseFile, headless: true });
    const described = await withClient(second, (client) => client.workflow.getHandle('kept').describe());
    expect(described.status.name).toBe('RUNNING');
  });

  test('names the log lines when the server cannot start', async () => {
    const databaseFile = path.join(folder, 'no', 'such', 'folder', 'x.db');
    await expect(start({ databaseFile, logFile: path.join(folder, 'bad.log') })).rejects.toThrow(
      /^Cannot start the Temporal server: it ended with code 1: .*no\/such\/folder.*; see ".*bad\.log"$/,
    );
  });

  test('stop() leaves no process behind', async () => {
    const server = await start({ headless: true });
    await server.stop();
    await gone(-server.process.pid);
  });
});
