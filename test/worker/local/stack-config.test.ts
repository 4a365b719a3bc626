import path from 'node:path';

import { differences, digestSettings, isSimulated, needsSimulator, storeOf } from '../../../worker/local/stack-config';

describe('differences()', () => {
  const simulated = digestSettings({});
  const real = digestSettings({ ANTHROPIC_API_KEY: 'sk-ant-one' });

  test('names each setting that a running stack cannot take over, and no value', () => {
    expect(differences(simulated, real)).toEqual(['it was started without ANTHROPIC_API_KEY']);
    expect(differences(real, simulated)).toEqual(['it was started with ANTHROPIC_API_KEY, which is not set now']);
    expect(differences(real, digestSettings({ ANTHROPIC_API_KEY: 'sk-ant-two', TROUPE_MAX_CALLS: '7' }))).toEqual([
      'it was started with another ANTHROPIC_API_KEY',
      'it was started with another TROUPE_MAX_CALLS',
    ]);
    expect(JSON.stringify(real)).not.toContain('sk-ant');
    expect(differences(real, digestSettings({ ANTHROPIC_API_KEY: 'sk-ant-one', TROUPE_SIMULATED: '1' }))).toEqual([
      'it was started with another TROUPE_SIMULATED',
    ]);
  });

  test('a default that is spelled out is no difference, nor are ports and the log level', () => {
    const spelled = { TROUPE_MAX_CALLS: '100', ANTHROPIC_API_KEY: '', TROUPE_PORT: '9999', TROUPE_LOG_LEVEL: 'debug' };
    expect(differences(simulated, digestSettings(spelled))).toEqual([]);
  });
});

test.each([
  [{}, true, true],
  [{ ANTHROPIC_API_KEY: 'sk-ant-x' }, false, false],
  [{ ANTHROPIC_API_KEY: 'sk-ant-x', TROUPE_SIMULATED: '1' }, true, true],
  [{ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' }, false, false],
  [{ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1', TROUPE_SIMULATED: '1' }, false, true],
])('needsSimulator() and isSimulated() of %j are %s and %s', (env, needs, simulated) => {
  expect(needsSimulator(env)).toBe(needs);
  expect(isSimulated(env)).toBe(simulated);
});

test('storeOf() keeps addresses, makes folders absolute and falls back to the given folder', () => {
  expect(storeOf({}, '/data/store')).toBe('/data/store');
  expect(storeOf({ TROUPE_STORE: 's3://bucket/prefix' }, '/data/store')).toBe('s3://bucket/prefix');
  expect(storeOf({ TROUPE_STORE: 'kept' }, '/data/store')).toBe(path.resolve('kept'));
});
