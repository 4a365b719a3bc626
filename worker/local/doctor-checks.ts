import path from 'node:path';

import { loadClientConfigProfile, loadClientConnectConfig } from '@temporalio/envconfig';

import { setVariables, type Settings } from '../../common/settings';
import { cacheDir, type Environment } from './cache-dir';
import { makeWritable } from './data-dir';
import { findOnPath, outputOf } from './executables';
import { findTemporalCli } from './find-temporal-cli';
import { isPortFree } from './free-ports';
import { functionsLine } from './functions';
import { isSimulated, needsSimulator } from './stack-config';
import { readStackInfo, stackFiles } from './stack-files';
import { connectTo } from './supervisor-socket';

/** Outcome of one look at the machine. */
export interface DoctorCheck {
  readonly name: string;
  /** `warn`: Troupe works, but not as well as it could. `fail`: something will not work. */
  readonly status: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do; null when nothing needs to be done. */
  readonly fix: string | null;
}

export interface DoctorOptions {
  readonly env: Environment;
  readonly settings: Settings;
  /** @default the running Node's */
  readonly nodeVersion?: string;
}

const OLDEST_NODE = [20, 19] as const;
const CLAUDE_URL = 'https://api.anthropic.com';
const REACH_MS = 3_000;

/** Every check, in the order in which a person would go about it. Builds, downloads and starts nothing; takes at most a few seconds. */
export async function runDoctor(options: DoctorOptions): Promise<DoctorCheck[]> {
  const remote = namesServer(options.env);
  return Promise.all([
    checkNode(options),
    ...(remote ? [checkTemporalAddress(options)] : [checkTemporalCli(options), checkGo(options), checkPorts(options)]),
    checkCacheDir(options),
    checkDataDir(options),
    checkClaude(options),
  ]);
}

/** By `TEMPORAL_ADDRESS` or a profile. One that cannot be read was meant to, and its check says what is wrong. */
function namesServer(env: Environment): boolean {
  try {
    return loadClientConfigProfile({ overrideEnvVars: setVariables(env) }).address !== undefined;
  } catch {
    return true;
  }
}

export async function checkNode({ nodeVersion = process.versions.node }: Pick<DoctorOptions, 'nodeVersion'>): Promise<DoctorCheck> {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const fits = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return fits ? ok('Node.js', nodeVersion) : fail('Node.js', nodeVersion, `install Node.js ${OLDEST_NODE.join('.')} or newer`);
}

/** Which `temporal` would run the local server, without building it. */
export async function checkTemporalCli({ env }: DoctorOptions): Promise<DoctorCheck> {
  const name = 'Temporal CLI';
  const search = await findTemporalCli(env).catch((error: unknown) => messageOf(error));
  if (typeof search === 'string') return fail(name, search, 'correct or unset TROUPE_TEMPORAL_CLI');
  const over = search.rejected.length === 0 ? '' : `; passed over: ${search.rejected.join('; ')}`;
  if (search.found !== undefined) return ok(name, `${search.found.version} at ${search.found.path} (${search.found.source})${over}`);
  if (findOnPath('go', env) !== undefined) {
    return warn(
      name,
      `none yet; the first run fetches it, or builds it with Go in about five minutes${over}`,
      'nothing, or install the Temporal CLI to save the wait',
    );
  }
  return warn(
    name,
    `none yet; the first run tries to fetch it${over}`,
    'install the Temporal CLI, or Go 1.26 or newer, or set TEMPORAL_ADDRESS',
  );
}

export async function checkGo({ env }: DoctorOptions): Promise<DoctorCheck> {
  const go = findOnPath('go', env);
  if (go === undefined) return ok('Go', 'not installed; only needed when no Temporal CLI can be had otherwise');
  const said = await outputOf(go, ['version'], env).catch((error: unknown) => messageOf(error));
  return said.startsWith('go version') ? ok('Go', `${said} at ${go}`) : warn('Go', `"${go}" does not run: ${said}`, 'repair or remove it');
}

export async function checkCacheDir({ env }: DoctorOptions): Promise<DoctorCheck> {
  return checkWritable('Cache folder', cacheDir(env), 'TROUPE_CACHE');
}

export async function checkDataDir({ settings }: DoctorOptions): Promise<DoctorCheck> {
  return checkWritable('Data folder', path.resolve(settings.TROUPE_DATA), 'TROUPE_DATA');
}

/** Whether the usual ports are free; taken ones are no failure, since others are used then. */
export async function checkPorts({ settings }: DoctorOptions): Promise<DoctorCheck> {
  const name = 'Ports';
  const running = await runningStack(settings);
  if (running !== undefined) {
    const functions = running.functions === null ? '' : `; ${functionsLine(running.functions)}`;
    return ok(name, `the local stack runs: Temporal at ${running.temporal}, Web UI at ${running.ui ?? 'none'}${functions}`);
  }
  const wanted = [settings.TROUPE_PORT, settings.TROUPE_UI_PORT].filter((port) => port !== 0);
  const free = await Promise.all(wanted.map(isPortFree));
  const taken = wanted.filter((_, index) => !free[index]);
  if (taken.length === 0) return ok(name, `${wanted.join(' and ')} are free`);
  const fix = 'stop what uses them, or choose others with TROUPE_PORT and TROUPE_UI_PORT';
  return warn(name, `${taken.join(' and ')} in use; the local server takes other ones`, fix);
}

/** Whether the server that the environment or Temporal's own profile names answers for its namespace. */
export async function checkTemporalAddress({ env }: DoctorOptions): Promise<DoctorCheck> {
  const name = 'Temporal server';
  const { Connection } = await import('@temporalio/client');
  const fix = 'start that server, correct TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the key, or unset them to use a local server';
  let where = env['TEMPORAL_ADDRESS'] ?? 'the server of the profile';
  try {
    const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({ overrideEnvVars: setVariables(env) });
    where = connectionOptions.address ?? where;
    const connection = await Connection.connect({ ...connectionOptions, connectTimeout: REACH_MS });
    try {
      await connection.withDeadline(Date.now() + REACH_MS, () => connection.workflowService.describeNamespace({ namespace }));
    } finally {
      await connection.close();
    }
    return ok(name, `${where}, namespace ${namespace}`);
  } catch (error) {
    return fail(name, `${where} does not answer: ${messageOf(error)}`, fix);
  }
}

/** Whether answers are simulated or Claude's; asks nothing that costs money. */
export async function checkClaude({ env }: DoctorOptions): Promise<DoctorCheck> {
  const name = 'Claude';
  if (needsSimulator(env)) return warn(name, 'simulated: answers are made up', 'set ANTHROPIC_API_KEY for real answers');
  const url = env['ANTHROPIC_BASE_URL'] || CLAUDE_URL;
  const key = env['ANTHROPIC_API_KEY'];
  try {
    const headers = { 'anthropic-version': '2023-06-01', ...(key ? { 'x-api-key': key } : {}) };
    const answer = await fetch(new URL('/v1/models?limit=1', url), { headers, signal: AbortSignal.timeout(REACH_MS) });
    if (answer.status === 401 || answer.status === 403)
      return fail(name, `${url} refuses the key (${answer.status})`, 'correct ANTHROPIC_API_KEY');
    if (!answer.ok) return warn(name, `${url} answers with status ${answer.status}`, 'try again later');
    return ok(name, isSimulated(env) ? `a simulator at ${url}` : `reached at ${url}`);
  } catch (error) {
    return fail(name, `${url} cannot be reached: ${messageOf(error)}`, 'check the network, a proxy, and ANTHROPIC_BASE_URL');
  }
}

async function runningStack(settings: Settings) {
  try {
    const files = stackFiles(path.resolve(settings.TROUPE_DATA));
    const socket = await connectTo(files.socket);
    socket?.destroy();
    return socket && readStackInfo(files);
  } catch {
    // An unusable data folder has its own check.
    return undefined;
  }
}

function checkWritable(name: string, folder: string, variable: string): DoctorCheck {
  try {
    makeWritable(folder);
    return ok(name, folder);
  } catch (error) {
    return fail(name, `"${folder}" cannot be written (${messageOf(error)})`, `make it writable, or name another folder in ${variable}`);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.message === 'fetch failed' ? error.cause.message : error.message;
}

const ok = (name: string, detail: string): DoctorCheck => ({ name, status: 'ok', detail, fix: null });
const warn = (name: string, detail: string, fix: string): DoctorCheck => ({ name, status: 'warn', detail, fix });
const fail = (name: string, detail: string, fix: string): DoctorCheck => ({ name, status: 'fail', detail, fix });
