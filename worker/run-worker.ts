import { existsSync } from 'node:fs';

import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

import type { ActivityDeps } from '../activities/deps';
import { createActivities } from '../activities/index';
import { tools } from '../activities/tools/index';
import { createMcpServers } from '../activities/tools/mcp-servers';
import { agents } from '../agents/index';
import { createClaude, type Claude } from '../claude/client';
import { createFailpoints } from '../claude/failpoints';
import { createModels } from '../claude/models';
import { pipelines } from '../common/pipelines/index';
import { readSettings, type Settings } from '../common/settings';
import { defaultStore } from '../storage/default-location';
import { openStore } from '../storage/open-store';
import { BUNDLE_PATH } from './build-bundle';
import { bundleWorkflows } from './bundle-workflows';
import { workerOptions } from './options';
import { readToolConfig } from './read-tool-config';

export interface RunWorkerOptions {
  /** Where settings and Temporal's profile come from. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called when the worker polls. */
  readonly onReady?: () => void;
  /** One JSON object per finished call; goes to the worker's log. */
  readonly log: (line: object) => void;
  /** Ends the worker when aborted: open calls may finish first. */
  readonly stop: AbortSignal;
}

/**
 * Runs a worker until `stop`: connects, opens the store, loads the bundle, polls, drains.
 * @throws Error `Cannot start the worker: …` when a setting, the store or the server does not answer
 */
export async function runWorker({ env, onReady, log, stop }: RunWorkerOptions): Promise<void> {
  const settings = readSettings(env);
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
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
    existsSync(BUNDLE_PATH) ? { codePath: BUNDLE_PATH } : bundleWorkflows(),
  ]);
  try {
    const worker = await Worker.create(
      workerOptions({ connection, namespace, activities, workflowBundle, maxCalls: settings.TROUPE_MAX_CALLS }),
    );
    const running = worker.run();
    const shutdown = (): void => worker.shutdown();
    if (stop.aborted) shutdown();
    else stop.addEventListener('abort', shutdown, { once: true });
    onReady?.();
    await running;
  } finally {
    await connection.close();
    await Promise.all([claude.close(), mcp.close()]);
  }
}

function temporalProfile(env: RunWorkerOptions['env']) {
  try {
    return loadClientConnectConfig({ overrideEnvVars: onlyStrings(env) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot read the Temporal profile: ${why}; correct TEMPORAL_* or temporal.toml`, { cause: error });
  }
}

function claudeFrom(settings: Settings): Claude {
  const simulated = settings.TROUPE_SIMULATED === '1';
  const apiKey = settings.ANTHROPIC_API_KEY ?? (simulated ? 'simulated' : undefined);
  if (apiKey === undefined) {
    throw new Error('Cannot start the worker: ANTHROPIC_API_KEY is not set; set it, or run "npx troupe dev" for simulated answers');
  }
  return createClaude({ apiKey, simulated, ...(settings.ANTHROPIC_BASE_URL !== undefined && { baseUrl: settings.ANTHROPIC_BASE_URL }) });
}

type Surroundings = Pick<ActivityDeps, 'claude' | 'toolConfig' | 'mcp' | 'log'>;

async function activitiesFrom(settings: Settings, { claude, toolConfig, mcp, log }: Surroundings): Promise<object> {
  return createActivities({
    agents,
    pipelines,
    tools,
    toolConfig,
    mcp,
    claude,
    store: await openStore(settings.TROUPE_STORE ?? defaultStore(settings.TROUPE_DATA)),
    models: createModels(settings),
    simulated: claude.simulated,
    privateAddresses: settings.TROUPE_PRIVATE_ADDRESSES === '1',
    log,
    failpoints: createFailpoints(settings.TROUPE_FAILPOINT),
    now: Date.now,
  });
}

function onlyStrings(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
