import { createClaude } from '../../claude/client';

describe('createClaude()', () => {
  it.each([undefined, 'https://api.anthropic.com', 'https://api.anthropic.com/'])('does not call %s simulated', (baseUrl) => {
    const create = () => createClaude({ apiKey: 'sk-ant-real', simulated: true, ...(baseUrl === undefined ? {} : { baseUrl }) });
    expect(create).toThrow(/^Cannot simulate Claude: .*ANTHROPIC_BASE_URL names no simulator; set it, or unset TROUPE_SIMULATED$/);
  });

  it('calls a simulator simulated', async () => {
    const claude = createClaude({ apiKey: 'any', simulated: true, baseUrl: 'http://127.0.0.1:1' });
    expect(claude).toMatchObject({ simulated: true, baseUrl: 'http://127.0.0.1:1' });
    await claude.close();
  });
});
