import { createHash } from 'node:crypto';
import path from 'node:path';

import { z } from 'zod';

import { readSettings, type Settings } from '../../common/settings';
import type { Environment } from './cache-dir';

const configSchema = z.object({
  dataDir: z.string(),
  port: z.number(),
  uiPort: z.number(),
  noWorker: z.boolean(),
  /** No worker: the server wakes functions. */
  serverless: z.boolean(),
  /** Programs that run as worker and simulator. */
  workerScript: z.string(),
  functionScript: z.string(),
  simulatorScript: z.string(),
});

/** How a supervisor runs its stack. Travels on its command line, so no secret may be in it. */
export type StackConfig = z.infer<typeof configSchema>;

export function parseConfig(text: string | undefined): StackConfig {
  return configSchema.parse(JSON.parse(text ?? 'null'));
}

/** Settings that the stack's processes take over at their start; another value needs another start. */
const FIXED_AT_START = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'TROUPE_STORE',
  'TROUPE_MODEL_FAST',
  'TROUPE_MODEL_BALANCED',
  'TROUPE_MODEL_BEST',
  'TROUPE_MAX_CALLS',
  'TROUPE_SIMULATED',
  'TROUPE_TOOLS',
  'TROUPE_SIMULATOR_LATENCY',
  'TROUPE_SIMULATOR_SEED',
  'TROUPE_FAILPOINT',
  'TROUPE_DEPLOYMENT',
  'TROUPE_FUNCTION_SECONDS',
] as const satisfies ReadonlyArray<keyof Settings>;

/** Stands among the settings: a stack has a worker, or functions. */
const SERVERLESS = '--serverless';

/** Digest of each setting that matters, comparable between processes without telling the value (one is a key). */
export type SettingsDigest = Readonly<Record<string, string>>;

/** Of a stack: every setting, defaults included, and whether it is serverless. */
export function digestSettings(env: Environment, serverless = false): SettingsDigest {
  const settings = readSettings(env);
  const given = FIXED_AT_START.map((name) => [name, settings[name] === undefined ? '' : digest(settings[name])] as const);
  return Object.fromEntries([...given, [SERVERLESS, serverless ? digest(true) : '']]);
}

/** Of a command: only what is set in its environment or asked for. What is not will be as the stack has it. */
export function digestWishes(env: Environment, serverless = false): SettingsDigest {
  const settings = readSettings(env);
  const set = FIXED_AT_START.filter((name) => env[name]).map((name) => [name, digest(settings[name])] as const);
  return Object.fromEntries([...set, ...(serverless ? [[SERVERLESS, digest(true)] as const] : [])]);
}

const digest = (value: unknown): string => createHash('sha256').update(String(value)).digest('hex').slice(0, 16);

/** What differs between a running stack and what a command wants, in words; empty when nothing does. */
export function differences(running: SettingsDigest, wishes: SettingsDigest): string[] {
  return [...FIXED_AT_START, SERVERLESS]
    .filter((name) => wishes[name] && running[name] !== wishes[name])
    .map((name) => (running[name] ? `it was started with another ${name}` : `it was started without ${name}`));
}

/** Whether the stack brings its own simulator: nothing says where Claude is, or a key is there and shall not be used. */
export function needsSimulator(env: Environment): boolean {
  return !env['ANTHROPIC_BASE_URL'] && (!env['ANTHROPIC_API_KEY'] || env['TROUPE_SIMULATED'] === '1');
}

/** Whether answers are simulated, by the stack's own simulator or by one that `ANTHROPIC_BASE_URL` names. */
export function isSimulated(env: Environment): boolean {
  return needsSimulator(env) || env['TROUPE_SIMULATED'] === '1';
}

/** Where the stack's answers are kept: a folder's absolute path, or an address such as `s3://bucket/prefix`. */
export function storeOf(env: Environment, defaultFolder: string): string {
  const given = env['TROUPE_STORE'];
  if (!given) return defaultFolder;
  return given.includes('://') ? given : path.resolve(given);
}
