import { temporalProfile } from '../../worker/run-worker';

const env = { TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_CONFIG_FILE: '/nowhere/temporal.toml' };

describe('temporalProfile()', () => {
  test('a key switches TLS on; an empty one, as the example of the secret has it, does not', () => {
    expect(temporalProfile({ ...env, TEMPORAL_API_KEY: 'key' }).connectionOptions).toEqual({
      address: 'temporal:7233',
      apiKey: 'key',
      tls: true,
    });
    expect(temporalProfile({ ...env, TEMPORAL_API_KEY: '' }).connectionOptions).toEqual({ address: 'temporal:7233' });
  });
});
