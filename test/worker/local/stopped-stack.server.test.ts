import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { resolveTemporalCli } from '../../../worker/local/resolve-temporal-cli';
import { openStoppedStack } from '../../../worker/local/stopped-stack';
import { startTemporalServer } from '../../../worker/local/temporal-server';

describe('openStoppedStack()', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-stopped-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('knows nothing of a folder where no stack has been', async () => {
    await expect(openStoppedStack(folder, process.env)).resolves.toBeUndefined();
    await expect(openStoppedStack(path.join(folder, 'none'), process.env)).resolves.toBeUndefined();
  });

  it('knows the runs that there were, and leaves the stack as it was', async () => {
    const databaseFile = path.join(folder, 'temporal.db');
    const { path: cli } = await resolveTemporalCli({ env: process.env });
    const options = { cli, env: process.env, logFile: path.join(folder, 'temporal.log'), port: 0, uiPort: 0, headless: true };
    const server = await startTemporalServer({ ...options, databaseFile });
    const start = (client: Client) =>
      client.workflow.start('brief', { taskQueue: 'troupe', workflowId: 'open', args: [{ topic: 'Tides' }] });
    await withClient(server.address, start);
    await server.stop();
    const database = readFileSync(databaseFile);

    const stopped = await openStoppedStack(folder, process.env);
    const { status } = await withClient(stopped?.address ?? '', (client) => client.workflow.getHandle('open').describe());
    expect(status.name).toBe('RUNNING');
    await withClient(stopped?.address ?? '', (client) => client.workflow.getHandle('open').terminate());
    await stopped?.close();
    expect(readFileSync(databaseFile).equals(database)).toBe(true);
  });

  async function withClient<Value>(address: string, use: (client: Client) => Promise<Value>): Promise<Value> {
    const connection = await Connection.connect({ address });
    try {
      return await use(new Client({ connection }));
    } finally {
      await connection.close();
    }
  }
});
