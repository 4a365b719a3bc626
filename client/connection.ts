import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

import { translateServiceError } from './service-errors';
import { endOnceClosed } from '../common/end-once-closed';
import { repeatQueries } from '../common/repeat-queries';
import { setVariables } from '../common/settings';
import { TroupeError } from '../common/troupe-error';

const CONNECT_TIMEOUT_MS = 5_000;

/** Where a Temporal server is. Fields given here win over the profile. */
export interface ServerOptions {
  /** `host:port`. @default TEMPORAL_ADDRESS or the profile's, else localhost:7233 */
  readonly address?: string;
  /** @default TEMPORAL_NAMESPACE or the profile's, else `default` */
  readonly namespace?: string;
  /** Name of a profile in `temporal.toml`. @default TEMPORAL_PROFILE or `default` */
  readonly profile?: string;
}

/** An open connection and what people call it. */
export interface OpenedConnection {
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
  close(): Promise<void>;
}

function loadConfig(server: ServerOptions) {
  try {
    const overrideEnvVars = setVariables(process.env);
    return loadClientConnectConfig({ overrideEnvVars, ...(server.profile !== undefined && { profile: server.profile }) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TroupeError('invalid-input', `Cannot read the Temporal profile: ${why}; correct TEMPORAL_* or temporal.toml`, {
      cause: error,
    });
  }
}

/**
 * Connects to Temporal. An address given in code stands alone: a profile of the environment, with its TLS and key, belongs to
 * another server.
 * @throws TroupeError `unreachable` when nothing answers within five seconds.
 */
export async function openConnection(server: ServerOptions): Promise<OpenedConnection> {
  const config = server.address === undefined ? loadConfig(server) : { connectionOptions: { address: server.address } };
  const address = config.connectionOptions.address ?? 'localhost:7233';
  const namespace = server.namespace ?? ('namespace' in config ? config.namespace : undefined) ?? 'default';
  try {
    const interceptors = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endOnceClosed];
    const options = { ...config.connectionOptions, address, interceptors, connectTimeout: CONNECT_TIMEOUT_MS };
    const connection = await Connection.connect(options);
    const client = new Client({ connection, namespace, interceptors: { workflow: [repeatQueries(connection)] } });
    return { client, address, namespace, close: () => connection.close() };
  } catch (error) {
    throw translateServiceError(error, { action: 'connect', address, namespace });
  }
}
