import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { readStackInfo, stackFiles } from '../../worker/local/stack-files';
import { workerEnvironment } from '../../worker/local/stack-programs';
import type { ServerOptions } from '../connection';
import { cliSettings } from './cli-settings';
import { hasServer } from './has-server';

export interface StackToServe {
  readonly server: ServerOptions;
  /** What a worker needs that takes part in it: the stack's own server, store and Claude. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The local stack that is up, unless the environment names a server. */
export function stackToServe(): StackToServe | undefined {
  const { TROUPE_DATA: dataDir } = cliSettings();
  if (hasServer() || !existsSync(dataDir)) return undefined;
  const files = stackFiles(resolve(dataDir));
  const info = readStackInfo(files);
  if (info === undefined) return undefined;
  const { temporal, namespace, claude, store, simulated } = info;
  const env = workerEnvironment({ files, env: process.env }, { temporal, namespace, claude: undefined });
  // What this shell says of Claude does not count: answers of another one would pass for the stack's.
  const ofStack = { TROUPE_STORE: store, TROUPE_SIMULATED: simulated ? '1' : '0', ANTHROPIC_BASE_URL: claude ?? undefined };
  return { server: { address: temporal, namespace }, env: { ...env, ...ofStack } };
}
