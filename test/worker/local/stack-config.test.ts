import path from 'node:path';

import { differences, digestSettings, digestWishes, isSimulated, needsSimulator, storeOf } from '../../../worker/local/stack-config';

describe('differences()', () => {
  const simulated = digestSettings({});
  const real = digestSettings({ ANTHROPIC_API_KEY: 'sk-ant-one' });

  test('names each setting that a running stack cannot take over, and no value', () => {
    expect(differences(simulated, digestWishes({ ANTHROPIC_API_KEY: 'sk-ant-one' }))).toEqual(['it was started without ANTHROPIC_API_KEY']);
    expect(differences(real, digestWishes({ ANTHROPIC_API_KEY: 'sk-ant-two', TROUPE_MAX_CALLS: '7' }))).toEqual([
      'it was started with another ANTHROPIC_API_KEY',
      'it was started with another TROUPE_MAX_CALLS',
    ]);
    expect(JSON.stringify(real)).not.toContain('sk-ant');
    expect(differences(real, digestWishes({ ANTHROPIC_API_KEY: 'sk-ant-one', TROUPE_SIMULATED: '1' }))).toEqual([
      'it was started with another TROUPE_SIMULATED',
    ]);
  });

  test('a default that is spelled out is no difference, nor are ports and the log level', () => {
    const spelled = { TROUPE_MAX_CALLS: '100', ANTHROPIC_API_KEY: '', TROUPE_PORT: '9999', TROUPE_LOG_LEVEL: 'debug' };
    expect(differences(simulated, digestWishes(spelled))).toEqual([]);
  });

  test('a command takes what it leaves unset as the stack has it', () => {
    const stack = digestSettings({ ANTHROPIC_API_KEY: 'sk-ant-one', TROUPE_SIMULATOR_LATENCY: '1', TROUPE_STORE: 'kept' });
    expect(differences(stack, digestWishes({}))).toEqual([]);
    expect(differences(stack, digestWishes({ TROUPE_SIMULATOR_LATENCY: '' }))).toEqual([]);
    expect(differences(stack, digestWishes({ TROUPE_SIMULATOR_LATENCY: '0.05' }))).toEqual([
      'it was started with another TROUPE_SIMULATOR_LATENCY',
    ]);
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
