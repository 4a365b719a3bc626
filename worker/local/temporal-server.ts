import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { SEARCH_ATTRIBUTES } from '../../common/search-attributes';
import type { Environment } from './cache-dir';
import { freePorts } from './free-ports';
import { startGuarded, type GuardedProcess } from './guarded-process';
import { lastLines, loggedSince, sizeOfLog } from './log-file';
import { connectToNamespace } from './namespace-ready';

export interface TemporalServerOptions {
  /** Executable, from `resolveTemporalCli`. */
  readonly cli: string;
  readonly env: Environment;
  readonly logFile: string;
  /** SQLite file; without it everything is kept in memory and lost at the end. */
  readonly databaseFile?: string | undefined;
  /** Wanted port of the gRPC frontend; another one is used when it is taken. 0: any. @default 7233 */
  readonly port?: number | undefined;
  /** Wanted port of the Web UI. 0: any. @default 8233 */
  readonly uiPort?: number | undefined;
  /** Take exactly the given ports: what restarts on them must not move. @default false */
  readonly exactPorts?: boolean | undefined;
  /** `0.0.0.0`: other hosts may reach it, too. @default 127.0.0.1 */
  readonly ip?: '127.0.0.1' | '0.0.0.0' | undefined;
  /** Without the Web UI. @default false */
  readonly headless?: boolean | undefined;
  /** Timers fire within 10 ms of their time instead of 1 s. For tests. @default false */
  readonly fastTimers?: boolean | undefined;
  /** Called when its process runs and has yet to get ready: the time for what takes long in this one. */
  readonly onSpawned?: (() => void) | undefined;
  /** Called when the server owns its ports, a moment before the namespace answers: others may start to connect. */
  readonly onListening?: ((place: ServerPlace) => void) | undefined;
  /**
   * The server wakes functions by itself: what their processes see of the environment, which they inherit through the server's.
   * @default it wakes none
   */
  readonly functions?: ((place: ServerPlace) => Environment) | undefined;
  /** @default 'warn' */
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error' | undefined;
}

/** Where a server is. */
export interface ServerPlace {
  /** Address and port of the gRPC frontend. */
  readonly address: string;
  readonly namespace: string;
  /** Base URL of the Web UI, null when headless. */
  readonly ui: string | null;
  readonly port: number;
  /** 0 when headless. */
  readonly uiPort: number;
}

export interface TemporalServer extends ServerPlace {
  readonly process: GuardedProcess;
  stop(): Promise<void>;
}

const NAMESPACE = 'default';
const READY_MS = 30_000;
/** The server takes over a second to say goodbye to itself; its database survives a kill (WAL), so it is not waited for. */
const STOP_GRACE_MS = 200;

/**
 * Starts the local development server, tuned, and resolves once its namespace answers (about 0.3 s). It dies with this process.
 * @throws Error `Cannot start the Temporal server: …` with its last log lines.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  for (let attempt = 1; ; attempt += 1) {
    const ports = await choosePorts(options);
    const logged = sizeOfLog(options.logFile);
    try {
      return await startOn(ports, options);
    } catch (error) {
      // The server picks inner ports of its own, and a chosen one may be taken in between: new ports, at most three times.
      // It may say so long before its last line, as it panics over it, and may end without a word.
      const said = loggedSince(options.logFile, logged);
      const collision = said.trim() === '' || /address already in use|can't set .* port/.test(said);
      if (!collision || attempt === 3) throw error;
      if (options.exactPorts === true) await delay(200 * attempt);
    }
  }
}

interface Ports {
  readonly grpc: number;
  readonly ui: number;
}

async function choosePorts(options: TemporalServerOptions): Promise<Ports> {
  const wishes = [options.port ?? 7233, options.uiPort ?? 8233];
  const [grpc = 0, ui = 0] = options.exactPorts === true ? wishes : await freePorts(wishes);
  return { grpc, ui };
}

async function startOn(ports: Ports, options: TemporalServerOptions): Promise<TemporalServer> {
  const child = await startGuarded({
    command: [options.cli, ...serverFlags(ports, options)],
    env: { ...serverEnvironment(options.env), ...options.functions?.(placeOf(ports, options)) },
    logFile: options.logFile,
    stdout: 'lines',
  });
  const place = placeOf(ports, options);
  const ready = new AbortController();
  try {
    const died = child.ended.then((how) => {
      throw new Error(`Cannot start the Temporal server: it ended with ${how}: ${lastLines(options.logFile)}; see "${options.logFile}"`);
    });
    const signal = AbortSignal.any([ready.signal, AbortSignal.timeout(READY_MS)]);
    options.onSpawned?.();
    // It speaks once it owns its ports: asking the port earlier could find somebody else's server there.
    await Promise.race([died, spoken(child, signal)]);
    options.onListening?.(place);
    await Promise.race([died, connectToNamespace(place.address, NAMESPACE, signal)]);
  } catch (error) {
    ready.abort();
    child.kill();
    await child.ended;
    throw error;
  }
  return { ...place, process: child, stop: () => child.stop(STOP_GRACE_MS) };
}

const LOCAL = '127.0.0.1';

function placeOf({ grpc, ui }: Ports, { headless, ip = LOCAL }: TemporalServerOptions): ServerPlace {
  const web = headless === true ? { ui: null, uiPort: 0 } : { ui: `http://${ip}:${ui}`, uiPort: ui };
  return { address: `${ip}:${grpc}`, namespace: NAMESPACE, port: grpc, ...web };
}

async function spoken(child: GuardedProcess, signal: AbortSignal): Promise<void> {
  if (child.stdout === null) return;
  await once(child.stdout, 'data', { signal });
  child.stdout.resume();
}

/**
 * The tuning: a single-shard development server polls its queues 20 times a second, which makes every step wait 90 ms for nothing.
 */
function serverFlags({ grpc, ui }: Ports, options: TemporalServerOptions): string[] {
  const dynamic = [
    'history.transferProcessorMaxPollRPS=2000',
    'history.timerProcessorMaxPollRPS=2000',
    'history.visibilityProcessorMaxPollRPS=500',
    'matching.enableFairness=true',
    ...(options.functions === undefined ? [] : ['workercontroller.enabled=true']),
    ...(options.fastTimers === true ? ['history.timerProcessorMaxTimeShift="10ms"'] : []),
  ];
  const database = options.databaseFile;
  return [
    'server',
    'start-dev',
    `--ip=${options.ip ?? LOCAL}`,
    `--port=${grpc}`,
    `--log-level=${options.logLevel ?? 'warn'}`,
    ...(options.headless === true ? ['--headless'] : ['--ui-port', String(ui), '--ui-disable-news-fetch']),
    ...(database === undefined ? [] : ['--db-filename', database]),
    ...(database === undefined ? [] : ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL']),
    ...Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...dynamic.flatMap((setting) => ['--dynamic-config-value', setting]),
  ];
}

/** Only what a program needs to run at all: no key of the user's, and no TEMPORAL_* that would steer the CLI elsewhere. */
export function serverEnvironment(env: Environment): Environment {
  const wanted = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'XDG_CONFIG_HOME'];
  return Object.fromEntries(wanted.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
