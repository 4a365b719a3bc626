import path from 'node:path';

import type { Environment } from '../../worker/local/cache-dir';
import type { GuardedProcess } from '../../worker/local/guarded-process';
import { packageRoot } from '../../worker/local/package-root';
import { startReporting } from '../../worker/local/reporting-process';

/** Where a worker process works. */
export interface WorkerPlace {
  readonly address: string;
  readonly namespace: string;
  /** Base URL of the simulator. */
  readonly claude: string;
  /** Data folder; the store and the worker's log are in it. */
  readonly folder: string;
  /** `name[:n]`: where it kills itself. @default nowhere */
  readonly failpoint?: string | undefined;
  /** What stands in front of its command, such as a host to run on. @default nothing */
  readonly enter?: readonly string[];
  /** More variables, and others than the usual ones. */
  readonly env?: Environment;
}

export const storeFolder = (folder: string): string => path.join(folder, 'store');

/** Starts the built worker as a process of its own and resolves when it polls. It dies with this process. */
export async function startWorkerProcess(place: WorkerPlace): Promise<GuardedProcess> {
  const { child } = await startReporting({
    name: 'the worker',
    command: inFrontOf(place.enter, [process.execPath, path.join(packageRoot(), 'dist', 'worker', 'main.js'), '--exit-with-stdin']),
    env: environmentOf(place),
    logFile: path.join(place.folder, 'worker.log'),
    report: (line) => (typeof line === 'object' && line !== null && 'ready' in line ? true : undefined),
  });
  return child;
}

type Command = [string, ...string[]];

function inFrontOf([first, ...rest]: readonly string[] = [], command: Command): Command {
  return first === undefined ? command : [first, ...rest, ...command];
}

function environmentOf({ address, namespace, claude, folder, failpoint, env }: WorkerPlace): Environment {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_CONFIG_FILE: path.join(folder, 'no-profile.toml'),
    ANTHROPIC_BASE_URL: claude,
    TROUPE_SIMULATED: '1',
    TROUPE_DATA: folder,
    TROUPE_STORE: storeFolder(folder),
    ...(failpoint === undefined ? {} : { TROUPE_FAILPOINT: failpoint }),
    ...env,
  };
}
