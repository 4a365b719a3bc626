import { join } from 'node:path';

import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';

import { readSettings, type Settings } from '../../common/settings';
import type { Store } from '../../storage/store';
import { storeFrom, temporalProfile } from '../run-worker';
import { buildIdOf } from './build-id';
import { readSecrets } from './read-secrets';

type Env = Readonly<Record<string, string | undefined>>;

/** What a process has ready for every invocation: made once, at its first. */
export interface FunctionEnvironment {
  /** The environment with the secret's keys. */
  readonly env: Env;
  readonly settings: Settings;
  readonly namespace: string;
  readonly buildId: string;
  /** For a worker that has a build id. */
  readonly workflowBundle: { readonly codePath: string };
  readonly store: Store;
  /** A connection that answers: one that a frozen process has lost is replaced. */
  connection(): Promise<NativeConnection>;
}

const ANSWER_MS = 2_000;

/**
 * @param folder where the handler is, and what `bundleCode` puts beside it
 * @throws Error naming the setting, secret or address that is wrong
 */
export async function openEnvironment(given: Env, folder: string): Promise<FunctionEnvironment> {
  installRuntime();
  const secret = given['TROUPE_SECRETS'];
  const env = secret ? { ...given, ...(await readSecrets(secret)) } : given;
  const settings = readSettings(env);
  checkStore(settings, env);
  const codePath = join(folder, 'workflow-bundle.js');
  const buildId = buildIdOf(settings.TROUPE_BUILD_ID, folder, codePath);
  const { connectionOptions, namespace = 'default' } = temporalProfile(env);
  const connect = (): Promise<NativeConnection> => connectTo(connectionOptions);
  const connecting = connect();
  const [first, store] = await Promise.all([connecting, storeFrom(settings)]).catch(async (error: unknown) => {
    // The process is used again: what failed starts have opened must not pile up.
    await connecting.then((opened) => opened.close()).catch(() => undefined);
    throw error;
  });
  let open = first;
  let used = false;
  const connection = async (): Promise<NativeConnection> => {
    if (used && !(await answers(open, namespace))) {
      await open.close().catch(() => undefined);
      open = await connect();
    }
    used = true;
    return open;
  };
  return { env, settings, namespace, buildId, workflowBundle: { codePath }, store, connection };
}

let installed = false;

/** A second Runtime in a process is refused, also after an invocation that failed later. */
function installRuntime(): void {
  if (installed) return;
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  installed = true;
}

/** A function's disk is its own, and gone with it. */
function checkStore({ TROUPE_STORE: store }: Settings, env: Env): void {
  if (!env['AWS_LAMBDA_FUNCTION_NAME'] || store?.includes('://') === true) return;
  throw new Error('Cannot start the function: TROUPE_STORE names no store that functions share; set it to s3://bucket/prefix');
}

async function connectTo(options: ReturnType<typeof temporalProfile>['connectionOptions']): Promise<NativeConnection> {
  if (!options.address) {
    throw new Error('Cannot start the function: TEMPORAL_ADDRESS is not set; set it, and TEMPORAL_NAMESPACE');
  }
  try {
    return await NativeConnection.connect(options);
  } catch (error) {
    throw new Error(`Cannot start the function: Temporal at "${options.address}" does not answer; check TEMPORAL_* and the network`, {
      cause: error,
    });
  }
}

async function answers(connection: NativeConnection, namespace: string): Promise<boolean> {
  try {
    await connection.withDeadline(Date.now() + ANSWER_MS, () => connection.workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  }
}
