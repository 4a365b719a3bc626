import { findTemporalCli } from '../../worker/local/find-temporal-cli';

const DEFAULT_ADDRESS = '127.0.0.1:7233';

/** What a bare `temporal` command needs to reach a local stack, one line each; empty when it needs nothing. */
export async function temporalHint(address: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const { found } = await findTemporalCli(env);
  const lines = [
    ...(address === DEFAULT_ADDRESS ? [] : [`  export TEMPORAL_ADDRESS=${address}`]),
    ...(found === undefined || found.source === 'PATH' ? [] : [`  alias temporal=${quoted(found.path)}`]),
  ];
  return lines.length === 0 ? [] : ['For "temporal" commands in another terminal:', ...lines];
}

const quoted = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);
