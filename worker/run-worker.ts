import { existsSync } from 'node:fs';

import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';

import type { ActivityDeps } from '../activities/deps';
import { createActivities } from '../activities/index';
import { tools } from '../activities/tools/index';
import { createMcpServers } from '../activities/tools/mcp-servers';
import { agents } from '../agents/index';
import { createClaude, type Claude } from '../claude/client';
import { createFailpoints } from '../claude/failpoints';
import { createModels } from '../claude/models';
import { pipelines } from '../common/pipelines/index';
import { readSettings, setVariables, type Settings } from '../common/settings';
import type { Serves } from '../common/task-queues';
import { defaultStore } from '../storage/default-location';
import { openStore } from '../storage/open-store';
import type { Store } from '../storage/store';
import { BUNDLE_PATH } from './build-bundle';
import { bundleWorkflows } from './bundle-workflows';
import { readToolConfig } from './read-tool-config';
import { runQueues } from './run-queues';

export interface RunWorkerOptions {
  /** Where settings and Temporal's profile come from. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called when the worker polls. */
  readonly onReady?: () => void;
  /** One JSON object per finished call; goes to the worker's log. */
  readonly log: (line: object) => void;
  /** Ends the worker when aborted: open calls may finish first. */
  readonly stop: AbortSignal;
  /** What Temporal's own code says on stderr. @default 'WARN' */
  readonly logLevel?: 'WARN' | 'ERROR';
}

/**
 * Runs a worker until `stop`: connects, opens the store, loads the bundle, polls, drains.
 * @throws Error `Cannot start the worker: …` when a setting, the store or the server does not answer
 */
export async function runWorker({ env, onReady, log, stop, logLevel = 'WARN' }: RunWorkerOptions): Promise<void> {
  const settings = readSettings(env);
  const serves = settings.TROUPE_SERVES;
  Runtime.install({
    logger: quietLogger(logLevel),
    telemetryOptions: { logging: { filter: { core: logLevel, other: 'ERROR' } } },
    shutdownSignals: [],
  });
  const { connectionOptions, namespace = 'default' } = temporalProfile(env);
  const toolConfig = readToolConfig(settings.TROUPE_TOOLS, tools, env);
  const claude = claudeFrom(settings);
  const mcp = createMcpServers(toolConfig.mcpServers);
  const [connection, activities, workflowBundle] = await Promise.all([
    NativeConnection.connect(connectionOptions).catch((error: unknown) => {
      throw new Error(`Cannot start the worker: no Temporal server at ${connectionOptions.address ?? 'the default address'}; start one`, {
        cause: error,
      });
    }),
    activitiesFrom(settings, { claude, toolConfig, mcp, log }),
    workflowsFor(serves),
  ]);
  try {
    const maxCalls = settings.TROUPE_MAX_CALLS;
    await runQueues({ connection, namespace, activities, maxCalls, serves, ...workflowBundle }, stop, onReady);
  } finally {
    await connection.close();
    await Promise.all([claude.close(), mcp.close()]);
  }
}

/** Temporal warns of a worker without workflows; the pool's is one on purpose. */
function quietLogger(level: NonNullable<RunWorkerOptions['logLevel']>): DefaultLogger {
  const logger = new DefaultLogger(level);
  const log = logger.log.bind(logger);
  logger.log = (level, message, meta) => {
    if (!message.startsWith('No workflows registered')) log(level, message, meta);
  };
  return logger;
}

/** A pool runs no workflows. */
async function workflowsFor(serves: Serves) {
  if (serves === 'pool') return {};
  return { workflowBundle: existsSync(BUNDLE_PATH) ? { codePath: BUNDLE_PATH } : await bundleWorkflows() };
}

/** Where Temporal is, by `TEMPORAL_*` or `temporal.toml`. */
export function temporalProfile(env: RunWorkerOptions['env']) {
  try {
    return loadClientConnectConfig({ overrideEnvVars: setVariables(env) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot read the Temporal profile: ${why}; correct TEMPORAL_* or temporal.toml`, { cause: error });
  }
}

/** @throws Error when there is no key and answers are not to be simulated */
export function claudeFrom(settings: Settings): Claude {
  const simulated = settings.TROUPE_SIMULATED === '1';
  const apiKey = settings.ANTHROPIC_API_KEY ?? (simulated ? 'simulated' : undefined);
  if (apiKey === undefined) {
    throw new Error('Cannot start the worker: ANTHROPIC_API_KEY is not set; set it, or run "npx troupe dev" for simulated answers');
  }
  return createClaude({ apiKey, simulated, ...(settings.ANTHROPIC_BASE_URL !== undefined && { baseUrl: settings.ANTHROPIC_BASE_URL }) });
}

export const storeFrom = (settings: Settings): Promise<Store> => openStore(settings.TROUPE_STORE ?? defaultStore(settings.TROUPE_DATA));

/** What activities need besides settings. */
export type Surroundings = Pick<ActivityDeps, 'claude' | 'toolConfig' | 'mcp' | 'log'> & Partial<Pick<ActivityDeps, 'store'>>;

/** The activities of a worker. @param store @default what the settings name */
export async function activitiesFrom(settings: Settings, { claude, toolConfig, mcp, log, store }: Surroundings): Promise<object> {
  return createActivities({
    agents,
    pipelines,
    tools,
    toolConfig,
    mcp,
    claude,
    store: store ?? (await storeFrom(settings)),
    models: createModels(settings),
    simulated: claude.simulated,
    privateAddresses: settings.TROUPE_PRIVATE_ADDRESSES === '1',
    log,
    failpoints: createFailpoints(settings.TROUPE_FAILPOINT),
    now: Date.now,
  });
}
