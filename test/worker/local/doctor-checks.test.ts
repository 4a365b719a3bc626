import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { readSettings } from '../../../common/settings';
import {
  checkCacheDir,
  checkClaude,
  checkDataDir,
  checkGo,
  checkNode,
  checkPorts,
  checkTemporalAddress,
  checkTemporalCli,
  runDoctor,
  type DoctorOptions,
} from '../../../worker/local/doctor-checks';

let root: string;
const servers: Server[] = [];

beforeEach(() => (root = mkdtempSync(path.join(os.tmpdir(), 'troupe-doctor-'))));

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(root, { recursive: true, force: true });
});

function options(more: Record<string, string> = {}): DoctorOptions {
  const env = {
    PATH: path.join(root, 'bin'),
    TMPDIR: root,
    TROUPE_CACHE: path.join(root, 'cache'),
    TROUPE_DATA: path.join(root, 'data'),
    ...more,
  };
  return { env, settings: readSettings(env) };
}

function program(name: string, says: string): string {
  const file = path.join(root, 'bin', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(file, 0o755);
  return file;
}

async function serve(status: number): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end('{}'));
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('doctor checks', () => {
  test.each([
    ['20.18.3', 'fail'],
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
  ])('checkNode() of %s says %s', async (nodeVersion, status) => {
    await expect(checkNode({ nodeVersion })).resolves.toMatchObject({ status });
  });

  test('checkTemporalCli() tells which way would be taken', async () => {
    await expect(checkTemporalCli(options())).resolves.toMatchObject({ status: 'warn', fix: expect.stringContaining('TEMPORAL_ADDRESS') });
    program('go', 'go version go1.26.4 linux/amd64');
    await expect(checkTemporalCli(options())).resolves.toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('builds it with Go'),
    });
    const file = program('temporal', 'temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)');
    await expect(checkTemporalCli(options())).resolves.toEqual({
      name: 'Temporal CLI',
      status: 'ok',
      detail: `temporal version 1.8.2 (Server 1.31.2, UI 2.50.1) at ${file} (PATH)`,
      fix: null,
    });
    await expect(checkTemporalCli(options({ TROUPE_TEMPORAL_CLI: '/nowhere' }))).resolves.toMatchObject({ status: 'fail' });
  });

  test('checkGo() names the version, or says that it is not needed', async () => {
    await expect(checkGo(options())).resolves.toMatchObject({ status: 'ok', detail: expect.stringContaining('not installed') });
    program('go', 'go version go1.26.4 linux/amd64');
    await expect(checkGo(options())).resolves.toMatchObject({ status: 'ok', detail: expect.stringContaining('go1.26.4') });
  });

  test('checkCacheDir() and checkDataDir() fail where a file is in the way', async () => {
    await expect(checkCacheDir(options())).resolves.toMatchObject({ status: 'ok' });
    writeFileSync(path.join(root, 'file'), '');
    const inTheWay = path.join(root, 'file', 'folder');
    await expect(checkCacheDir(options({ TROUPE_CACHE: inTheWay }))).resolves.toMatchObject({
      status: 'fail',
      fix: expect.stringContaining('TROUPE_CACHE'),
    });
    await expect(checkDataDir(options({ TROUPE_DATA: inTheWay }))).resolves.toMatchObject({
      status: 'fail',
      fix: expect.stringContaining('TROUPE_DATA'),
    });
  });

  test('checkPorts() warns of a taken port and names it', async () => {
    const { port } = new URL(await serve(200));
    await expect(checkPorts(options({ TROUPE_PORT: port, TROUPE_UI_PORT: '0' }))).resolves.toMatchObject({
      status: 'warn',
      detail: `${port} in use; the local server takes other ones`,
    });
  });

  test('checkTemporalAddress() fails when nobody answers there', async () => {
    const check = await checkTemporalAddress(options({ TEMPORAL_ADDRESS: '127.0.0.1:9' }));
    expect(check).toMatchObject({ status: 'fail', detail: expect.stringContaining('127.0.0.1:9 does not answer') });
  }, 15_000);

  test.each([
    [200, 'ok'],
    [401, 'fail'],
    [529, 'warn'],
  ])('checkClaude() with an answer of %d says %s', async (status, expected) => {
    const ANTHROPIC_BASE_URL = await serve(status);
    await expect(checkClaude(options({ ANTHROPIC_BASE_URL, ANTHROPIC_API_KEY: 'sk-ant-x' }))).resolves.toMatchObject({ status: expected });
  });

  test('checkClaude() warns that answers are simulated without a key, and fails when Claude cannot be reached', async () => {
    await expect(checkClaude(options())).resolves.toMatchObject({ status: 'warn', detail: expect.stringContaining('simulated') });
    await expect(checkClaude(options({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' }))).resolves.toMatchObject({ status: 'fail' });
  });

  test('runDoctor() looks at the local server only when none is named', async () => {
    const names = (await runDoctor(options())).map((check) => check.name);
    expect(names).toEqual(['Node.js', 'Temporal CLI', 'Go', 'Ports', 'Cache folder', 'Data folder', 'Claude']);
  });

  test('runDoctor() looks at the server of a profile, and says what is wrong with one', async () => {
    const file = path.join(root, 'temporal.toml');
    writeFileSync(file, '[profile.mine]\naddress = "127.0.0.1:1"\n');
    const remote = async (profile: string) =>
      (await runDoctor(options({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: profile }))).filter(({ name }) =>
        /Temporal|Ports/.test(name),
      );
    expect(await remote('mine')).toMatchObject([
      { name: 'Temporal server', status: 'fail', detail: expect.stringContaining('127.0.0.1:1') },
    ]);
    expect(await remote('other')).toMatchObject([{ name: 'Temporal server', status: 'fail', detail: expect.stringContaining('other') }]);
  });
});
