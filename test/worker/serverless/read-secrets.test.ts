import { readSecrets } from '../../../worker/serverless/read-secrets';

const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:troupe-abc';

describe('readSecrets()', () => {
  test('returns the variables of the secret', async () => {
    const asked: string[] = [];
    const fetchSecret = (id: string) => {
      asked.push(id);
      return Promise.resolve('{"ANTHROPIC_API_KEY":"sk-1","TEMPORAL_API_KEY":"t"}');
    };
    await expect(readSecrets(ARN, fetchSecret)).resolves.toEqual({ ANTHROPIC_API_KEY: 'sk-1', TEMPORAL_API_KEY: 't' });
    expect(asked).toEqual([ARN]);
  });

  test.each(['sk-naked', '["sk-listed"]', '{"ANTHROPIC_API_KEY":{"sk-nested":1}}', '{"sk lower":"x"}', undefined])(
    'never repeats what is in a secret of another form (%#)',
    async (text) => {
      const reading = readSecrets(ARN, () => Promise.resolve(text));
      await expect(reading).rejects.toThrow(/^Cannot read the secret "arn:.*": it is no JSON object of environment variables with texts/);
      await expect(reading).rejects.not.toThrow(/sk-|sk lower/);
    },
  );

  test('says which secret cannot be had, and why', async () => {
    const refused = () => Promise.reject(new Error('not authorized'));
    await expect(readSecrets(ARN, refused)).rejects.toThrow(
      `Cannot read the secret "${ARN}": not authorized; check TROUPE_SECRETS and the function's role`,
    );
  });
});
