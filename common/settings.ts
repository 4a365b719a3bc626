import { z } from 'zod';

import { schemaWords } from './pipelines/schema-words';
import { SERVES } from './task-queues';

const port = z.coerce.number().int().min(0).max(65_535);

/** Nothing else can be sent in a header; the message never holds the value. */
const key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'must be one word of plain ASCII letters, digits and signs; copy it again');

/** What Temporal's commands and a shell take without quotes. */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'may have up to 64 letters, digits, dots, dashes and underscores');

const settingsSchema = z.object({
  ANTHROPIC_API_KEY: key.optional(),
  ANTHROPIC_BASE_URL: z.url().optional(),
  TROUPE_DATA: z.string().min(1).default('.troupe'),
  TROUPE_STORE: z.string().min(1).optional(),
  TROUPE_TEMPORAL_CLI: z.string().min(1).optional(),
  TROUPE_CACHE: z.string().min(1).optional(),
  TROUPE_MODEL_FAST: z.string().min(1).default('claude-haiku-5-5'),
  TROUPE_MODEL_BALANCED: z.string().min(1).default('claude-sonnet-5-5'),
  TROUPE_MODEL_BEST: z.string().min(1).default('claude-opus-5-5'),
  TROUPE_MAX_CALLS: z.coerce.number().int().min(1).max(2_000).default(100),
  TROUPE_SERVES: z.enum(SERVES).default('all'),
  TROUPE_DEPLOYMENT: name.default('troupe'),
  TROUPE_BUILD_ID: name.optional(),
  TROUPE_SECRETS: z.string().min(1).optional(),
  TROUPE_FUNCTION_SECONDS: z.coerce.number().int().min(10).max(55).default(50),
  TROUPE_TOOLS: z.string().min(1).optional(),
  TROUPE_PRIVATE_ADDRESSES: z.enum(['0', '1']).default('0'),
  TROUPE_PORT: port.default(7233),
  TROUPE_UI_PORT: port.default(8233),
  TROUPE_UI_URL: z.url().optional(),
  TROUPE_SIMULATOR_LATENCY: z.coerce.number().min(0).max(100).default(0.05),
  TROUPE_SIMULATOR_SEED: z.coerce.number().int().default(1),
  TROUPE_SIMULATED: z.enum(['0', '1']).default('0'),
  TROUPE_FAILPOINT: z.string().optional(),
  TROUPE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** The variables' names. */
export const SETTING_NAMES = Object.keys(settingsSchema.shape) as ReadonlyArray<keyof Settings>;

/** Everything that Troupe reads from the environment, checked once at start; `.env.example` explains each. */
export type Settings = z.infer<typeof settingsSchema>;

/** The variables that are set. An empty one counts as unset: a template that leaves a key out often writes it so, and a key switches TLS on. */
export function setVariables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}

/**
 * Reads the environment. An empty variable counts as unset.
 * @throws Error `Cannot read the environment: …` naming each wrong variable.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = setVariables(env);
  const parsed = settingsSchema.safeParse(given, { error: schemaWords });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => describeSetting(issue, given)).join('; ');
  throw new Error(`Cannot read the environment: ${wrong}; see .env.example`);
}

/** Keys and addresses, which may hold a password, are what can have a wrong format; they are never repeated. */
function describeSetting({ code, path, message }: z.core.$ZodIssue, given: Readonly<Record<string, string | undefined>>): string {
  const name = path.join('.');
  return code === 'invalid_format' ? `${name}: ${message}` : `${name} ${JSON.stringify(given[name])} ${message}`;
}
