import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { fetchFile } from '../../../activities/files/fetch-file';
import { isPrivateAddress } from '../../../activities/files/public-address';

describe('isPrivateAddress()', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
  ])('is so of %s', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each(['8.8.8.8', '172.32.0.1', '192.167.1.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('is not so of %s', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});

describe('fetchFile()', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-fetch-'));
  let server: Server;
  let asked = 0;
  let reply: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string | Buffer } = { status: 200 };
  beforeAll(async () => {
    server = createServer(({ url }, answer) => {
      asked += 1;
      if (url === '/cut.csv') return void answer.writeHead(200, { 'content-length': '99' }).write('a', () => answer.destroy());
      if (url === '/latest') return void answer.writeHead(302, { location: '/of-today.csv?signed=1' }).end();
      answer.writeHead(reply.status, reply.headers ?? {}).end(reply.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const fetched = (host: string, { privateAllowed, file = 'rows.csv' }: { privateAllowed: boolean; file?: string }) =>
    fetchFile({
      url: `http://${host}:${(server.address() as AddressInfo).port}/${file}`,
      into: path.join(folder, 'rows'),
      maxBytes: 100,
      privateAllowed,
      mark: {},
      signal: new AbortController().signal,
    });

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433'])('asks nobody at %s unless it is allowed to', async (host) => {
    const before = asked;
    await expect(fetched(host, { privateAllowed: false })).resolves.toEqual({
      kind: 'refused',
      reason: expect.stringMatching(/^".*" is a private address; TROUPE_PRIVATE_ADDRESSES=1 on the worker allows it$/) as string,
    });
    expect(asked).toBe(before);
  });

  it.each([
    ['404', { status: 404 }, 'it answers with 404'],
    ['a redirect without end', { status: 302, headers: { location: '/rows.csv' } }, 'it redirects more than 3 times'],
    [
      'a redirect to a file',
      { status: 302, headers: { location: 'file:///etc/passwd' } },
      'it redirects to what is no http or https address',
    ],
    [
      'an encoding that it does not know',
      { status: 200, headers: { 'content-encoding': 'zstd' }, body: 'x' },
      'its content is encoded as "zstd"; gzip, deflate, br, identity can be read',
    ],
    [
      'too much that is packed into little',
      { status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync('x'.repeat(101)) },
      'it has more than 100 bytes',
    ],
    ['too much', { status: 200, body: 'x'.repeat(101) }, 'it has more than 100 bytes'],
  ])('refuses %s', async (_, given, reason) => {
    reply = given;
    await expect(fetched('127.0.0.1', { privateAllowed: true })).resolves.toEqual({ kind: 'refused', reason });
  });

  it('takes the kind of file from its name, else from its type', async () => {
    reply = { status: 200, headers: { 'content-type': 'application/json; charset=utf-8', 'last-modified': 'today' }, body: '[]' };
    await expect(fetched('127.0.0.1', { privateAllowed: true, file: 'rows' })).resolves.toEqual({
      kind: 'fetched',
      file: path.join(folder, 'rows.json'),
      mark: { lastModified: 'today' },
    });
    reply = { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' };
    await expect(fetched('127.0.0.1', { privateAllowed: true, file: 'rows' })).resolves.toMatchObject({ kind: 'refused' });
  });

  it('takes the name that a redirect leads to when the address has none', async () => {
    reply = { status: 200, headers: { 'content-type': 'binary/octet-stream' }, body: 'a' };
    const file = path.join(folder, 'rows.csv');
    await expect(fetched('127.0.0.1', { privateAllowed: true, file: 'latest' })).resolves.toEqual({ kind: 'fetched', file, mark: {} });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('unpacks what comes as %s, though nobody asked for it', async (encoding, pack) => {
    reply = { status: 200, headers: { 'content-encoding': encoding }, body: pack('topic\nTea\n') };
    await expect(fetched('127.0.0.1', { privateAllowed: true })).resolves.toMatchObject({ kind: 'fetched' });
    expect(readFileSync(path.join(folder, 'rows.csv'), 'utf8')).toBe('topic\nTea\n');
  });

  it('fails, so that it is tried again, when the server cannot answer now', async () => {
    reply = { status: 503 };
    await expect(fetched('127.0.0.1', { privateAllowed: true })).rejects.toThrow('it cannot answer now (503)');
  });

  it('says in words how a connection was lost', async () => {
    await expect(fetched('127.0.0.1', { privateAllowed: true, file: 'cut.csv' })).rejects.toThrow(
      'it cannot be fetched: the connection broke',
    );
    const { port } = server.address() as AddressInfo;
    const ask = (url: string) => {
      const signal = new AbortController().signal;
      return fetchFile({ url, into: path.join(folder, 'rows'), maxBytes: 100, privateAllowed: true, mark: {}, signal });
    };
    await expect(ask(`https://127.0.0.1:${port}/rows.csv`)).rejects.toThrow('it cannot be fetched: it does not speak https');
    await expect(ask('http://127.0.0.1:1/rows.csv')).rejects.toThrow('it cannot be fetched: nothing answers there');
  });
});
