import { z } from 'zod';

const secretsSchema = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string());

/** Fetches the text of a secret. */
export type FetchSecret = (id: string) => Promise<string | undefined>;

/**
 * Reads keys from a secret whose text is a JSON object of environment variables, such as `{"ANTHROPIC_API_KEY": "…"}`.
 * @param id ARN or name in AWS Secrets Manager.
 * @throws Error `Cannot read the secret "…": …`, which never holds what is in it
 */
export async function readSecrets(id: string, fetchSecret: FetchSecret = fromSecretsManager): Promise<Readonly<Record<string, string>>> {
  const text = await fetchSecret(id).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot read the secret "${id}": ${why}; check TROUPE_SECRETS and the function's role`, { cause: error });
  });
  const parsed = secretsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(
    `Cannot read the secret "${id}": it is no JSON object of environment variables with texts; write it like {"ANTHROPIC_API_KEY": "…", "TEMPORAL_API_KEY": "…"}`,
  );
}

/** The engine's own message would quote the secret. */
function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

async function fromSecretsManager(id: string): Promise<string | undefined> {
  // Only who has a secret waits for the client to load.
  const { GetSecretValueCommand, SecretsManagerClient } =
    require('@aws-sdk/client-secrets-manager') as typeof import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({});
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
  } finally {
    client.destroy();
  }
}
