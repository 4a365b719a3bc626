import { readSettings } from '../../common/settings';

describe('readSettings() of ANTHROPIC_API_KEY', () => {
  it('trims it', () => {
    expect(readSettings({ ANTHROPIC_API_KEY: ' sk-ant-api03-abc\n' }).ANTHROPIC_API_KEY).toBe('sk-ant-api03-abc');
  });

  it.each([
    'sk-ant-api03-secret\nsecond',
    'sk-ant-api03-secret second',
    'sk-ant-api03-secret…',
    '“sk-ant-api03-secret”',
    '\u0007sk-ant-secret',
  ])('refuses %j without repeating it', (key) => {
    const read = () => readSettings({ ANTHROPIC_API_KEY: key });
    expect(read).toThrow(/^Cannot read the environment: ANTHROPIC_API_KEY: .*; see \.env\.example$/);
    expect(read).not.toThrow(/secret/);
  });
});
