import { sayIfStackPays, simulatedLine } from '../../../client/cli/say-simulated';

describe('simulatedLine()', () => {
  test('names the missing key as the reason only where it is', () => {
    expect(simulatedLine({})).toBe('Simulated Claude: no API key is set. Answers are made up, nothing is charged.');
    const other = 'Simulated Claude: answers are made up, nothing is charged.';
    expect(simulatedLine({ ANTHROPIC_API_KEY: 'sk-ant-x', TROUPE_SIMULATED: '1' })).toBe(other);
    expect(simulatedLine({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1', TROUPE_SIMULATED: '1' })).toBe(other);
    expect(simulatedLine({ TEMPORAL_ADDRESS: 'temporal:7233' })).toBe(other);
  });
});

describe('sayIfStackPays()', () => {
  test.each([
    ['a real stack and no key here', false, {}, true],
    ['a simulated stack', true, {}, false],
    ['a server of its own', undefined, {}, false],
    ['a key here', false, { ANTHROPIC_API_KEY: 'sk-ant-x' }, false],
    ['another address here', false, { ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' }, false],
  ])('%s', (_, simulated, env, said) => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      expect(sayIfStackPays(simulated, env)).toBe(said);
      expect(write.mock.calls.flat().join('').includes('are charged to it')).toBe(said);
    } finally {
      write.mockRestore();
    }
  });
});
