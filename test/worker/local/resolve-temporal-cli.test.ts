import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { version as sdkVersion } from '@temporalio/worker/package.json';

import { resolveTemporalCli } from '../../../worker/local/resolve-temporal-cli';
import { builtCliPath, findTemporalCli } from '../../../worker/local/find-temporal-cli';

/** Port 9 of the loopback: refused at once. */
const NO_SERVICE = 'http://127.0.0.1:9';
const GOOD = 'temporal version 1.9.0 (Server 1.32.0, UI 2.54.1)';

let root: string;
let bin: string;
let env: Record<string, string>;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'troupe-cli-'));
  bin = path.join(root, 'bin');
  // Only what the fake programs need: a `temporal` or `go` of this machine must not be found.
  env = { PATH: bin, TROUPE_CACHE: path.join(root, 'cache'), TMPDIR: path.join(root, 'tmp') };
  for (const name of ['cp', 'sh', 'sleep', 'tar', 'gzip']) link(name);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function link(name: string): void {
  program(path.join(bin, name), `exec ${execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()} "$@"`);
}

function program(file: string, body: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

const temporal = (file: string, says = GOOD) => program(file, `echo "${says}"`);
const resolve = (onProgress?: (line: string) => void) => resolveTemporalCli({ env, downloadService: NO_SERVICE, onProgress });

/** A go that "builds" by writing a `temporal` to the path after -o, and counts how often. */
function fakeGo(before = ''): void {
  const made = temporal(path.join(root, 'made'));
  program(
    path.join(bin, 'go'),
    `echo x >> ${root}/builds\necho "$@" > ${root}/go-args\n${before}\nwhile [ "$1" != -o ]; do shift; done; cp ${made} "$2"`,
  );
}

describe('findTemporalCli()', () => {
  test('prefers TROUPE_TEMPORAL_CLI to PATH, PATH to the SDK download, that to the cache', async () => {
    const named = temporal(path.join(root, 'mine'));
    const onPath = temporal(path.join(bin, 'temporal'));
    const downloaded = temporal(path.join(root, 'tmp', `temporal-sdk-typescript-${sdkVersion}`));
    const cached = temporal(builtCliPath(env));
    const found = async (more: object = {}) => (await findTemporalCli({ ...env, ...more })).found;
    expect(await found({ TROUPE_TEMPORAL_CLI: named })).toEqual({ path: named, source: 'TROUPE_TEMPORAL_CLI', version: GOOD });
    expect(await found()).toMatchObject({ path: onPath, source: 'PATH' });
    rmSync(onPath);
    expect(await found()).toMatchObject({ path: downloaded, source: 'SDK download' });
    rmSync(downloaded);
    expect(await found()).toMatchObject({ path: cached, source: 'Troupe cache' });
    rmSync(cached);
    expect(await found()).toBeUndefined();
  });

  test('passes over executables that are too old, mute or broken, and says why', async () => {
    const old = temporal(path.join(bin, 'temporal'), 'temporal version 1.5.1 (Server 1.29.1, UI 2.40.0)');
    const mute = temporal(path.join(root, 'tmp', `temporal-sdk-typescript-${sdkVersion}`), 'hello');
    const cached = temporal(builtCliPath(env), 'temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)');
    const { found, rejected } = await findTemporalCli(env);
    expect(found?.path).toBe(cached);
    expect(rejected).toEqual([`"${old}" has server 1.29, older than 1.31`, `"${mute}" does not name its server version in "hello"`]);
  });

  test('refuses an unfit TROUPE_TEMPORAL_CLI instead of looking elsewhere', async () => {
    temporal(path.join(bin, 'temporal'));
    const missing = path.join(root, 'missing');
    await expect(findTemporalCli({ ...env, TROUPE_TEMPORAL_CLI: missing })).rejects.toThrow(
      `Cannot use TROUPE_TEMPORAL_CLI: "${missing}" is not an executable file; ` +
        'point it to a temporal executable with server 1.31 or newer, or unset it',
    );
    const broken = program(path.join(root, 'broken'), 'exit 1');
    await expect(findTemporalCli({ ...env, TROUPE_TEMPORAL_CLI: broken })).rejects.toThrow(`"${broken}" does not run`);
  });
});

describe('resolveTemporalCli()', () => {
  test('names every way when none works', async () => {
    const message = await resolve().then(
      () => 'resolved',
      (error: Error) => error.message,
    );
    expect(message).toMatch(/^Cannot start a local Temporal server: fetching it failed: .*; building it failed: Go is not installed; /);
    for (const way of ['install the Temporal CLI', 'TROUPE_TEMPORAL_CLI', 'install Go 1.26', 'TEMPORAL_ADDRESS'])
      expect(message).toContain(way);
    expect(message).not.toContain('\n');
  });

  test('builds with the pinned modules into the cache, tells about it, and finds it there the next time', async () => {
    fakeGo('echo "go: downloading example.org/a v1.0.0" >&2; echo example.org/a/b >&2');
    const lines: string[] = [];
    const built = await resolve((line) => lines.push(line));
    expect(built).toEqual({ path: builtCliPath(env), source: 'Troupe cache', version: GOOD });
    expect(lines[0]).toMatch(/^Building the Temporal server with Go \(once, about five minutes\): .*, \d+ s$/);
    expect(readFileSync(path.join(root, 'go-args'), 'utf8')).toMatch(
      /^build -v -mod=readonly -o \S+ -ldflags=-s -w -X \S+\.Version=1\.8\.2 github\.com\/temporalio\/cli\/cmd\/temporal$/m,
    );
    await resolve();
    expect(readFileSync(path.join(root, 'builds'), 'utf8')).toBe('x\n');
    expect(readdirSync(path.dirname(built.path))).toEqual(['temporal']);
  });

  test('builds once when two ask at the same time', async () => {
    fakeGo('sleep 0.3');
    const [one, two] = await Promise.all([resolve(), resolve()]);
    expect(one.path).toBe(two.path);
    expect(readFileSync(path.join(root, 'builds'), 'utf8')).toBe('x\n');
  });

  test('keeps nothing of a build that failed, and gives the last words of Go', async () => {
    program(path.join(bin, 'go'), 'echo "go: example.org: no such host" >&2; exit 1');
    await expect(resolve()).rejects.toThrow('building it failed: go build ended with code 1: go: example.org: no such host');
    expect(readdirSync(path.dirname(builtCliPath(env)))).toEqual([]);
  });

  test('does not adopt a build whose server is too old', async () => {
    const made = temporal(path.join(root, 'made'), 'temporal version 1.5.1 (Server 1.29.1, UI 2.40.0)');
    program(path.join(bin, 'go'), `while [ "$1" != -o ]; do shift; done; cp ${made} "$2"`);
    await expect(resolve()).rejects.toThrow('building it failed: what came out has server 1.29, older than 1.31');
    expect(existsSync(builtCliPath(env))).toBe(false);
  });
});

describe('resolveTemporalCli() with a download service', () => {
  let server: Server;
  let service: string;

  afterEach(() => server.close());

  async function serve(archive: (request: string) => Buffer | undefined): Promise<void> {
    server = createServer((request, response) => {
      const body = archive(request.url ?? '');
      if (request.url?.startsWith('/cli/')) {
        response.end(JSON.stringify({ archiveUrl: `${service}/archive.tar.gz`, fileToExtract: 'temporal' }));
      } else if (body === undefined) response.writeHead(503).end();
      else response.end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    service = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('fetches the executable before it builds one', async () => {
    fakeGo();
    temporal(path.join(root, 'temporal'));
    const archive = execFileSync('tar', ['-czf', '-', '-C', root, 'temporal']);
    const asked: string[] = [];
    await serve((request) => (asked.push(request), archive));
    const found = await resolveTemporalCli({ env, downloadService: service });
    expect(found).toEqual({ path: builtCliPath(env), source: 'Troupe cache', version: GOOD });
    expect(asked[0]).toMatch(/^\/cli\/v1\.8\.2\?arch=\w+&platform=\w+&format=tar\.gz$/);
    expect(existsSync(path.join(root, 'builds'))).toBe(false);
  });

  test('builds when the archive cannot be had', async () => {
    fakeGo();
    await serve(() => undefined);
    await expect(resolveTemporalCli({ env, downloadService: service })).resolves.toMatchObject({ version: GOOD });
    expect(readFileSync(path.join(root, 'builds'), 'utf8')).toBe('x\n');
  });
});
