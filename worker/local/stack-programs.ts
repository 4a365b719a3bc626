import path from 'node:path';

import { z } from 'zod';

import { readSettings } from '../../common/settings';
import type { Environment } from './cache-dir';
import type { GuardedProcess } from './guarded-process';
import { startReporting } from './reporting-process';
import { isSimulated, storeOf, type StackConfig } from './stack-config';
import type { StackFiles } from './stack-files';

/** What the programs of a stack are started with. */
export interface ProgramContext {
  readonly config: StackConfig;
  readonly files: StackFiles;
  readonly env: Environment;
}

const simulatorReport = z.object({ url: z.url() });
const workerReport = z.object({ ready: z.literal(true) });

/**
 * Starts Claude's simulator; its state and its bill are in the data folder and survive it.
 * @param port 0: a free one, which the simulator picks itself so that nobody can be faster.
 */
export async function startSimulator(
  { config, files, env }: ProgramContext,
  port: number,
): Promise<{ child: GuardedProcess; url: string; port: number }> {
  const settings = readSettings(env);
  const own = { port, latency: settings.TROUPE_SIMULATOR_LATENCY, seed: settings.TROUPE_SIMULATOR_SEED, state: files.simulatorState };
  const flags = ['--json', '--exit-with-stdin', ...Object.entries(own).map(([name, value]) => `--${name}=${value}`)];
  const { child, report } = await startReporting({
    name: 'the simulator',
    command: [process.execPath, config.simulatorScript, ...flags],
    env: without(env, ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'TEMPORAL_API_KEY']),
    logFile: files.log('simulator'),
    orphanGraceSeconds: 2,
    report: (line) => simulatorReport.safeParse(line).data,
  });
  return { child, url: report.url, port: Number(new URL(report.url).port) };
}

/** Where the worker finds its server and Claude. */
export interface WorkerPlace {
  readonly temporal: string;
  readonly namespace: string;
  /** Undefined: what the environment says. */
  readonly claude: string | undefined;
}

/** Starts the worker; resolves when it polls. */
export async function startWorker(context: ProgramContext, place: WorkerPlace): Promise<GuardedProcess> {
  const { config, files } = context;
  const { child } = await startReporting({
    name: 'the worker',
    command: [process.execPath, config.workerScript, '--exit-with-stdin'],
    env: workerEnvironment(context, place),
    logFile: files.log('worker'),
    orphanGraceSeconds: 5,
    report: (line) => workerReport.safeParse(line).data,
  });
  return child;
}

/** What a worker of the stack, or a function in its place, sees of the environment. */
export function workerEnvironment({ files, env }: Pick<ProgramContext, 'files' | 'env'>, place: WorkerPlace): Environment {
  return {
    // A profile of the user's would lead the worker away from the stack's own server.
    ...withoutTemporal(env),
    TEMPORAL_ADDRESS: place.temporal,
    TEMPORAL_NAMESPACE: place.namespace,
    // A file that is not there is no profile; an empty one is an error to the library that reads it.
    TEMPORAL_CONFIG_FILE: path.join(files.dataDir, 'no-profile.toml'),
    // It is the only one.
    TROUPE_SERVES: 'all',
    TROUPE_DATA: files.dataDir,
    TROUPE_STORE: storeOf(env, files.store),
    ...(isSimulated(env) ? { TROUPE_SIMULATED: '1' } : {}),
    ...(place.claude === undefined ? {} : { ANTHROPIC_BASE_URL: place.claude }),
  };
}

function without(env: Environment, names: readonly string[]): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

function withoutTemporal(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}
