import { readFileSync } from 'node:fs';
import path from 'node:path';

import { loadClientConnectConfig } from '@temporalio/envconfig';

const FILE = path.join(__dirname, '..', '..', 'deploy', 'temporal.toml');
const load = (profile: string, data: string, overrideEnvVars: Record<string, string> = {}) =>
  loadClientConnectConfig({ profile, configSource: { data: Buffer.from(data) }, configFileStrict: true, overrideEnvVars });

/** Address and namespace to be filled in. */
const CLOUD = ['NAMESPACE.ACCOUNT.tmprl.cloud:7233', 'NAMESPACE.ACCOUNT'];

describe('deploy/temporal.toml', () => {
  const text = readFileSync(FILE, 'utf8');

  test('local: a server on this machine without TLS', () => {
    const { connectionOptions, namespace } = load('local', text);
    expect(connectionOptions).toMatchObject({ address: 'localhost:7233' });
    expect(connectionOptions.tls ?? false).toBe(false);
    expect(namespace).toBe('default');
  });

  test('cloud: the key comes from the environment and switches TLS on', () => {
    const { connectionOptions, namespace } = load('cloud', text, { TEMPORAL_API_KEY: 'key-of-the-environment' });
    expect([connectionOptions.address, namespace]).toEqual(CLOUD);
    expect(connectionOptions).toMatchObject({ apiKey: 'key-of-the-environment', tls: true });
    expect(load('cloud', text).connectionOptions.apiKey).toBeUndefined();
    expect(text).not.toMatch(/^\s*api_key/m);
  });

  test('mtls: a client certificate', () => {
    const here = text.replace('client.pem', FILE).replace('client.key', FILE);
    const { connectionOptions, namespace } = load('mtls', here);
    expect([connectionOptions.address, namespace]).toEqual(CLOUD);
    expect(connectionOptions.tls).toMatchObject({
      clientCertPair: { crt: expect.anything() as unknown, key: expect.anything() as unknown },
    });
    expect(() => load('mtls', text.replace('client.pem', '/nowhere/client.pem'))).toThrow(/client\.pem/);
  });

  test('a mistyped key or profile is found', () => {
    expect(() => load('local', text.replace('namespace = "default"', 'namspace = "default"'))).toThrow(/namspace/);
    expect(() => load('clod', text)).toThrow(/clod/);
  });
});
