import { rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { windowOf } from '../../common/routing';
import { readSettings } from '../../common/settings';
import type { Environment } from './cache-dir';
import { createFunctions, type Functions } from './functions';
import { createOpenRunCounter } from './namespace-ready';
import { differences, digestSettings, isSimulated, type SettingsDigest, type StackConfig } from './stack-config';
import { stackFiles, type StackFiles } from './stack-files';
import { onRequests, say, type StackAddresses, type StackReply, type StackRequest } from './stack-messages';
import { createStackProcesses, type StackProcesses } from './stack-processes';
import { listenOn } from './supervisor-socket';

/** How long open calls may go on after an interrupt: those of the real Claude are paid for, so their answers are waited for. */
const DRAIN_MS = { simulated: 1_000, real: 60_000 } as const;
/** A run that was just started, or just ended, is seen by the visibility query a little later. */
const VISIBILITY_LAG_MS = 1_500;
/** The command that started this supervisor has this long to take its lease. */
const FIRST_LEASE_MS = 15_000;
const IDLE_CHECK_MS = 1_000;
/** For the last words to a command that does not read. */
const GOODBYE_MS = 200;

export interface SupervisorParts {
  /** Takes a line about what happens. */
  readonly log: (line: string) => void;
  /** @default createStackProcesses */
  readonly create?: typeof createStackProcesses;
}

type Join = Extract<StackRequest, { type: 'join' }>;

/**
 * Runs the stack of a data folder until nobody needs it: no lease is held and no run is open. A lease is an open connection on
 * which `join` was said, so it ends with its process, whatever ends that. A class, because everything here is about one changing state.
 */
export class Supervisor {
  /** Resolves when everything is stopped, with whether that was in good order. */
  readonly finished: Promise<boolean>;
  readonly #files: StackFiles;
  readonly #log: SupervisorParts['log'];
  readonly #settings: SettingsDigest;
  readonly #processes: StackProcesses;
  readonly #functions: Functions;
  /** With who holds them, in words. */
  readonly #leases = new Map<Socket, string>();
  readonly #connections = new Set<Socket>();
  #finish: (inOrder: boolean) => void = () => undefined;
  #state: 'starting' | 'ready' | 'stopping' = 'starting';
  #addresses: StackAddresses | undefined;
  #countOpenRuns: () => Promise<number> = () => Promise.resolve(0);
  #listener: Server | undefined;
  #renewal: Promise<void> | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #wanted: () => void = () => undefined;
  readonly #firstJoin = new Promise<void>((resolve) => (this.#wanted = resolve));
  /** A command has left runs behind on purpose, or was lost: they go on, whoever looks in and leaves meanwhile. */
  #runsGoOn = false;
  /** Until then an empty stack is not idle: a lease is about to come, or a run about to be seen. */
  #keepUntil = Date.now() + FIRST_LEASE_MS;

  constructor(
    private readonly config: StackConfig,
    private readonly env: Environment,
    { log, create = createStackProcesses }: SupervisorParts,
  ) {
    this.#log = log;
    this.finished = new Promise((resolve) => (this.#finish = resolve));
    this.#files = stackFiles(config.dataDir);
    this.#settings = digestSettings(env, config.serverless);
    const notify = (line: string) => this.#tell({ type: 'progress', line });
    const onBroken = (error: Error) => void this.#shutDown({ failure: error.message });
    this.#functions = createFunctions({
      takesMs: windowOf(readSettings(env).TROUPE_FUNCTION_SECONDS * 1_000).takesMs,
      say: (line) => this.#tell({ type: 'function', line }),
      onChange: () => this.#processes.note(),
    });
    this.#processes = create({ config, files: this.#files, env, notify, onBroken, functions: this.#functions });
  }

  /** Listens, then starts the stack. Returns at once, doing nothing, when another supervisor serves this folder. */
  async run(): Promise<void> {
    this.#listener = await listenOn(this.#files.socket, (socket) => this.#onConnection(socket));
    if (this.#listener === undefined) return this.#finish(true);
    this.#idleTimer = setInterval(() => void this.#stopIfIdle(), IDLE_CHECK_MS);
    // A start that fails at once must find somebody to tell.
    await Promise.race([this.#firstJoin, this.finished]);
    if (this.#isStopping()) return;
    try {
      this.#addresses = await this.#processes.start();
    } catch (error) {
      return await this.#shutDown({ failure: messageOf(error) });
    }
    this.#countOpenRuns = await createOpenRunCounter(this.#addresses.temporal, this.#addresses.namespace);
    // An interrupt may have come meanwhile.
    if (this.#isStopping()) return;
    this.#state = 'ready';
    const { dataDir: _, ...shown } = this.#addresses;
    this.#log(`ready ${JSON.stringify(shown)}`);
    for (const lease of this.#leases.keys()) say(lease, { type: 'ready', addresses: this.#addresses });
  }

  /** Stops at once but for the calls in flight; asked again, at once. `by` goes to the log. */
  async interrupt(by: string): Promise<void> {
    if (this.#state === 'stopping') return this.#processes.kill();
    const drainMs = this.#drainMs();
    if (!isSimulated(this.env) && (!this.config.noWorker || this.config.serverless)) {
      const line = `Waiting up to ${drainMs / 1_000} s for calls to Claude that are already paid for; interrupt again to stop at once`;
      this.#tell({ type: 'progress', line });
    }
    await this.#shutDown({ why: `interrupted by ${by}`, drainMs });
  }

  #onConnection(socket: Socket): void {
    this.#connections.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#connections.delete(socket);
      this.#functions.gone(socket);
      if (this.#leases.has(socket)) this.#runsGoOn = true;
      this.#endLease(socket);
    });
    onRequests(socket, (request) => void this.#onRequest(socket, request));
  }

  async #onRequest(socket: Socket, request: StackRequest): Promise<void> {
    switch (request.type) {
      case 'join':
        return this.#join(socket, request);
      case 'release':
        return this.#release(socket);
      case 'detach':
        this.#runsGoOn = true;
        this.#endLease(socket);
        return say(socket, { type: 'released', stopping: false, openRuns: 0 });
      case 'interrupt':
        return this.#leave(socket);
      case 'function':
        return say(socket, { type: 'functionIs', needed: this.#functions.arrived(socket, request) });
      case 'functionDrains':
        return this.#functions.drains(socket);
      case 'functionEnds':
        return this.#functions.ends(socket, request);
      default:
        request satisfies never;
    }
  }

  async #join(socket: Socket, { settings, anySettings, who = 'a command' }: Join): Promise<void> {
    if (this.#state === 'stopping') return say(socket, { type: 'stopping' });
    const differing = anySettings ? [] : differences(this.#settings, settings);
    if (differing.length > 0) return this.#giveWay(socket, differing, who);
    if (this.#state === 'starting') this.#keepUntil = 0;
    this.#leases.set(socket, who);
    this.#wanted();
    if (!anySettings) {
      const failure = await this.#renewWorker().then(nothing, messageOf);
      // The stack goes on as it was: whoever started it, and its open runs, need no new build.
      if (failure !== undefined) return this.#refuse(socket, failure);
    }
    if (this.#addresses !== undefined && this.#state === 'ready') say(socket, { type: 'ready', addresses: this.#addresses });
  }

  #refuse(socket: Socket, message: string): void {
    this.#endLease(socket);
    say(socket, { type: 'refused', message });
  }

  /** Who starts something means the build that is there now; runs go on with it, too. Others that join meanwhile wait as well. */
  async #renewWorker(): Promise<void> {
    if (this.#state !== 'ready' || (this.#renewal === undefined && !this.#processes.isWorkerOutdated())) return;
    if (this.#renewal === undefined) {
      const wait = isSimulated(this.env) ? '' : `, once its open calls have ended, at most ${DRAIN_MS.real / 1_000} s`;
      const line = this.config.serverless
        ? 'Functions run an older build: new runs go to the one that is there now'
        : `The worker runs an older build and is started again${wait}; open runs go on`;
      this.#tell({ type: 'progress', line });
      this.#renewal = this.#processes.renewWorker(this.#drainMs()).finally(() => (this.#renewal = undefined));
    }
    await this.#renewal;
  }

  #drainMs(): number {
    return isSimulated(this.env) ? DRAIN_MS.simulated : DRAIN_MS.real;
  }

  /** Another configuration is wanted: an idle stack stops so that the newcomer can start its own, a busy one refuses. */
  async #giveWay(socket: Socket, differing: readonly string[], who: string): Promise<void> {
    const openRuns = await this.#countOpenRuns().catch(() => 1);
    if (this.#leases.size === 0 && openRuns === 0 && this.#state === 'ready')
      return this.#shutDown({ why: `idle, and ${who} wants another one: ${differing.join(', ')}` });
    const use = `${counted(this.#leases.size, 'command')}, ${counted(openRuns, 'open run')}`;
    const message =
      `Cannot join the local stack in "${this.#files.dataDir}": ${differing.join(', ')}, and it is in use (${use}); ` +
      'leave the variable unset to take the stack as it is, wait until these have ended, or use another folder with TROUPE_DATA';
    say(socket, { type: 'refused', message });
  }

  #endLease(socket: Socket): void {
    if (this.#leases.delete(socket)) this.#keepUntil = Date.now() + VISIBILITY_LAG_MS;
  }

  /** A command goes without waiting for its runs: they stop with it, unless others hold the stack or runs were left to go on. */
  async #leave(socket: Socket): Promise<void> {
    const openRuns = this.#runsGoOn ? await this.#countOpenRuns().catch(() => 1) : 0;
    const stopping = openRuns === 0 && [...this.#leases.keys()].every((lease) => lease === socket);
    const who = this.#leases.get(socket) ?? 'a command that had left';
    this.#endLease(socket);
    say(socket, { type: 'released', stopping, openRuns });
    if (stopping) await this.interrupt(who);
  }

  /** A command has done its work: what it ran is over, so the stack can end with it when nobody else is there. */
  async #release(socket: Socket): Promise<void> {
    const who = this.#leases.get(socket) ?? 'a command';
    this.#leases.delete(socket);
    const openRuns = this.#leases.size > 0 ? 0 : await this.#settledOpenRuns();
    const stopping = this.#leases.size === 0 && openRuns === 0 && Date.now() >= this.#keepUntil;
    say(socket, { type: 'released', stopping, openRuns });
    if (stopping) await this.#shutDown({ why: `${who} was the last command, and no run is open` });
  }

  /** Open runs, given a moment for the end of the last one to become visible. */
  async #settledOpenRuns(): Promise<number> {
    let openRuns = 1;
    for (let look = 0; look < 5 && openRuns > 0 && this.#leases.size === 0; look += 1) {
      if (look > 0) await delay(50);
      openRuns = await this.#countOpenRuns().catch(() => 1);
    }
    return openRuns;
  }

  async #stopIfIdle(): Promise<void> {
    const idle = () => this.#leases.size === 0 && Date.now() >= this.#keepUntil && this.#state !== 'stopping';
    if (!idle()) return;
    const openRuns = this.#state === 'ready' ? await this.#countOpenRuns().catch(() => 1) : 0;
    if (openRuns === 0 && idle()) await this.#shutDown({ why: 'no command holds it, and no run is open' });
  }

  /**
   * Ends the processes first and the connections last: whoever sees its connection close may start the next stack. The socket
   * goes before the connections, so the next supervisor finds its place free.
   */
  async #shutDown({ why, drainMs = 0, failure }: ShutDown): Promise<void> {
    if (this.#isStopping()) return;
    this.#state = 'stopping';
    clearInterval(this.#idleTimer);
    if (failure === undefined) this.#tell({ type: 'stopping' });
    await this.#processes.stop(drainMs);
    rmSync(this.#files.info, { force: true });
    this.#listener?.close();
    if (failure !== undefined) this.#tell({ type: 'failed', message: failure });
    await Promise.race([Promise.all([...this.#connections].map(hangUp)), delay(GOODBYE_MS)]);
    if (failure === undefined) this.#log(`stopped: ${why}`);
    this.#finish(failure === undefined);
  }

  #isStopping(): boolean {
    return this.#state === 'stopping';
  }

  #tell(reply: StackReply): void {
    if (reply.type === 'progress' || reply.type === 'function') this.#log(reply.line);
    if (reply.type === 'failed') this.#log(reply.message);
    for (const socket of this.#connections) say(socket, reply);
  }
}

interface ShutDown {
  /** By whom or what, for the log. */
  readonly why?: string;
  /** How long open calls may go on. @default 0 */
  readonly drainMs?: number;
  /** What went wrong, when it is not in good order. */
  readonly failure?: string;
}

const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const nothing = (): undefined => undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function hangUp(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.end(resolve));
}
