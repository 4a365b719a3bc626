import { simulatedLine } from '../../../client/cli/say-simulated';

describe('simulatedLine()', () => {
  test('names the missing key as the reason only where it is', () => {
    expect(simulatedLine({})).toBe('Simulated Claude: no API key is set. Answers are made up, nothing is charged.');
    const other = 'Simulated Claude: answers are made up, nothing is charged.';
    expect(simulatedLine({ ANTHROPIC_API_KEY: 'sk-ant-x', TROUPE_SIMULATED: '1' })).toBe(other);
    expect(simulatedLine({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1', TROUPE_SIMULATED: '1' })).toBe(other);
    expect(simulatedLine({ TEMPORAL_ADDRESS: 'temporal:7233' })).toBe(other);
  });
});
