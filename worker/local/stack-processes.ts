import { setTimeout as delay } from 'node:timers/promises';

import type { Environment } from './cache-dir';
import { isPortFree } from './free-ports';
import type { GuardedProcess } from './guarded-process';
import { FUNCTION_ENVIRONMENT, FUNCTION_SOCKET } from './function-environment';
import type { Functions } from './functions';
import { isAlive } from './is-alive';
import { keepAlive } from './keep-alive';
import { functionBuild, letGoOfFunctions, wakeFunctions } from './local-functions';
import { resolveTemporalCli } from './resolve-temporal-cli';
import { isSimulated, needsSimulator, storeOf } from './stack-config';
import { readStackInfo, writeStackInfo } from './stack-files';
import type { StackAddresses } from './stack-messages';
import { startSimulator, startWorker, workerEnvironment, type ProgramContext } from './stack-programs';
import { startTemporalServer, type ServerPlace, type TemporalServerOptions } from './temporal-server';
import { workerBuild } from './worker-build';

export interface StackOptions extends ProgramContext {
  /** A line for a person: what takes long, what died. */
  readonly notify: (line: string) => void;
  /** The functions that the server wakes, when it does. */
  readonly functions: Functions;
  /** A process could not be kept running; the stack is of no use any more. */
  readonly onBroken: (error: Error) => void;
}

/** Server, simulator and worker of a stack. */
export interface StackProcesses {
  /** Starts them; rejects with the reason of the one that failed. */
  start(): Promise<StackAddresses>;
  /** Writes down what has changed outside of here. */
  note(): void;
  /** Whether the worker was built anew since it started. */
  isWorkerOutdated(): boolean;
  /** Starts the worker again; it gets `drainMs` to finish open calls. Resolves when the one before is gone. */
  renewWorker(drainMs: number): Promise<void>;
  /** Ends them, the worker first: it gets `drainMs` to finish open calls. */
  stop(drainMs: number): Promise<void>;
  kill(): void;
}

type Part = 'temporal' | 'simulator' | 'worker';

const PART_NAMES = { temporal: 'the Temporal server', simulator: 'the simulator', worker: 'the worker' } as const;

/** The processes of one data folder; each is restarted on its port when it dies. */
export function createStackProcesses(options: StackOptions): StackProcesses {
  const ending = new AbortController();
  const running = new Map<Part, GuardedProcess>();
  const cares: Array<Promise<void>> = [];
  const meant = new WeakSet<GuardedProcess>();
  let addresses: StackAddresses | undefined;
  let build: string | undefined;

  const onRunning = (part: Part, child: GuardedProcess) => {
    running.set(part, child);
    if (ending.signal.aborted) child.kill();
    else if (addresses !== undefined) record(options, addresses, running);
  };
  const care = async (part: Part, start: (again: boolean) => Promise<GuardedProcess>) => {
    const begin = (again: boolean) => {
      if (part === 'worker') build = workerBuild(options.config.workerScript);
      return start(again);
    };
    const first = await begin(false);
    const restart = () => begin(true);
    const name = PART_NAMES[part];
    const isMeant = (child: GuardedProcess) => meant.has(child);
    const watch = { name, first, restart, signal: ending.signal, onDeath: options.notify, isMeant };
    cares.push(keepAlive({ ...watch, onRunning: (child) => onRunning(part, child) }).catch(options.onBroken));
  };

  return {
    async start() {
      addresses = await startAll(options, care);
      record(options, addresses, running);
      return addresses;
    },
    note() {
      if (addresses !== undefined && !ending.signal.aborted) record(options, addresses, running);
    },
    isWorkerOutdated: () =>
      isServerless(addresses)
        ? addresses.serverless !== functionBuild(options.config, options.env)
        : running.has('worker') && build !== workerBuild(options.config.workerScript),
    async renewWorker(drainMs) {
      if (isServerless(addresses)) {
        addresses = { ...addresses, serverless: await wakeFunctions(placeIn(addresses), options.config, options.env) };
        return record(options, addresses, running);
      }
      const worker = running.get('worker');
      if (worker?.isRunning() === true) meant.add(worker);
      // At once, so that nobody asks for the same again while it starts.
      build = workerBuild(options.config.workerScript);
      await worker?.stop(drainMs);
    },
    async stop(drainMs) {
      ending.abort();
      await Promise.all([running.get('worker')?.stop(drainMs), options.functions.stop(drainMs)]);
      await Promise.all([...running.values()].map((child) => child.stop(200)));
      // One that is being restarted right now is left to its guard.
      await Promise.race([Promise.all(cares), delay(500)]);
    },
    kill() {
      ending.abort();
      options.functions.kill();
      for (const child of running.values()) child.kill();
    },
  };
}

type Care = (part: Part, start: (again: boolean) => Promise<GuardedProcess>) => Promise<void>;

async function startAll(options: StackOptions, care: Care): Promise<StackAddresses> {
  const { config, env } = options;
  if (config.serverless) return startServerless(options, care);
  let listening: (place: ServerPlace) => void = () => undefined;
  const placed = new Promise<ServerPlace>((resolve) => (listening = resolve));
  const server = startServer(options, care, { onListening: listening });
  const simulator = needsSimulator(env) ? startOwnSimulator(options, care) : Promise.resolve(undefined);
  // Loading the worker takes longest, so it begins as soon as there is something to connect to.
  const [place, claude] = await Promise.all([Promise.race([placed, server.then(() => placed)]), simulator]);
  const { address: temporal, namespace } = place;
  const worker = config.noWorker ? undefined : care('worker', () => startWorker(options, { temporal, namespace, claude }));
  await Promise.all([server.then(() => letGoOfFunctions(place, env)), worker]);
  return addressesOf(options, { place, claude, serverless: null });
}

/** The functions' environment is the server's, so what is in it has to be known first. */
async function startServerless(options: StackOptions, care: Care): Promise<StackAddresses> {
  const { config, env, files } = options;
  const claude = needsSimulator(env) ? await startOwnSimulator(options, care) : undefined;
  let place: ServerPlace | undefined;
  const functions = ({ address: temporal, namespace }: ServerPlace): Environment => {
    const { TROUPE_BUILD_ID: _, ...own } = workerEnvironment(options, { temporal, namespace, claude });
    return { [FUNCTION_ENVIRONMENT]: JSON.stringify({ ...own, [FUNCTION_SOCKET]: files.socket }) };
  };
  await startServer(options, care, { onListening: (found) => (place = found), functions });
  if (place === undefined) throw new Error('Cannot start the Temporal server: it did not say where it listens; see its log');
  return addressesOf(options, { place, claude, serverless: await wakeFunctions(place, config, env) });
}

interface Places {
  readonly place: ServerPlace;
  readonly claude: string | undefined;
  readonly serverless: string | null;
}

function addressesOf({ env, files }: StackOptions, { place, claude, serverless }: Places): StackAddresses {
  const { address: temporal, namespace, ui } = place;
  const fixed = { simulated: isSimulated(env), store: storeOf(env, files.store), dataDir: files.dataDir, serverless };
  return { temporal, namespace, ui, claude: claude ?? env['ANTHROPIC_BASE_URL'] ?? null, ...fixed };
}

const isServerless = (addresses: StackAddresses | undefined): addresses is StackAddresses => addresses?.serverless != null;

const placeIn = ({ temporal, namespace }: StackAddresses) => ({ address: temporal, namespace });

async function startOwnSimulator(options: StackOptions, care: Care): Promise<string> {
  let place = { url: '', port: 0 };
  await care('simulator', async () => {
    const { child, ...rest } = await startSimulator(options, place.port);
    place = rest;
    return child;
  });
  return place.url;
}

type Listening = Pick<TemporalServerOptions, 'onListening' | 'functions'>;

async function startServer(options: StackOptions, care: Care, listening: Listening): Promise<void> {
  const { config, files, env, notify } = options;
  const cli = await resolveTemporalCli({ env, onProgress: notify });
  await predecessorGone(options);
  const server: TemporalServerOptions = { cli: cli.path, env, logFile: files.log('temporal'), databaseFile: files.database, ...listening };
  let ports = { port: config.port, uiPort: config.uiPort };
  await care('temporal', async (again) => {
    const started = await startTemporalServer({ ...server, ...ports, exactPorts: again });
    ports = { port: started.port, uiPort: started.uiPort };
    return started.process;
  });
}

/** After a kill -9 of the last supervisor its server is on its way out; two servers on one database would ruin it. */
async function predecessorGone({ files }: StackOptions): Promise<void> {
  const last = readStackInfo(files);
  if (last === undefined) return;
  const port = Number(last.temporal.split(':').pop());
  const end = Date.now() + 3_000;
  // Both must hold: its pid may belong to a stranger by now, and so may its port.
  while (isAlive(last.processes.temporal) && !(await isPortFree(port)) && Date.now() < end) await delay(10);
}

function record({ files, functions }: StackOptions, addresses: StackAddresses, running: ReadonlyMap<Part, GuardedProcess>): void {
  const { dataDir: _, ...rest } = addresses;
  const pid = (part: Part) => running.get(part)?.pid ?? null;
  const processes = { temporal: pid('temporal') ?? 0, simulator: pid('simulator'), worker: pid('worker') };
  const view = addresses.serverless === null ? null : functions.view();
  writeStackInfo(files, { pid: process.pid, socket: files.socket, ...rest, processes, functions: view });
}
