import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { LocalStack } from '../../worker/local/local-stack';
import { readStackInfo, stackFiles } from '../../worker/local/stack-files';
import { connect, type Troupe } from '../connect';
import { TroupeError } from '../../common/troupe-error';
import { cliSettings } from './cli-settings';
import { wokenBuild } from './deployment';
import { ExitCode } from './exit-codes';
import { hasServer } from './has-server';
import { catchInterruption, untilInterrupted } from './interruption';
import { joinStack } from './join-stack';
import { err, say } from './output';

/** A command's connection; with a local stack, its hold on it. */
export interface Session {
  readonly troupe: Troupe;
  /** Null when the environment names a server. */
  readonly local: LocalStack | null;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** What a command leaves behind. */
export interface Ending {
  readonly code: number;
  /**
   * `release`: the local stack may stop once no run is open. `detach`: it stays until the open runs end. `interrupt`: it stops
   * if nobody else holds it and no run was left to go on. `as-found`: a stack that was up keeps its open runs going, one that was
   * brought up for this command alone stops. @default 'release'
   */
  readonly leave?: 'release' | 'detach' | 'interrupt' | 'as-found';
  /** Last words, once it is known whether the local stack has stopped. */
  readonly farewell?: (stackStopped: boolean) => string;
}

export interface SessionOptions {
  /** Id of a run that must exist already; no data folder is made for it. */
  readonly looksAt?: string;
  /** Nothing is started, so a stack with other settings will do. @default whether `looksAt` is given */
  readonly anySettings?: boolean;
}

/** A stack that is up is joined faster than this; only a slow start is worth a line. */
const SILENT_MS = 500;

type Use = (session: Session) => Promise<Ending>;

/**
 * Runs a command against the server that the environment names, else against the local stack, which is joined or brought up
 * for as long as the command lasts.
 * @returns the exit code
 */
export async function withSession(use: Use, options: SessionOptions = {}): Promise<number> {
  const interruption = catchInterruption();
  try {
    return hasServer() ? await useServer(use, interruption.signal) : await useLocal(use, options, interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) return ExitCode.interrupted;
    throw error;
  } finally {
    interruption.dispose();
  }
}

async function useServer(use: Use, signal: AbortSignal): Promise<number> {
  const troupe = await connect();
  try {
    if ((await troupe.workers()) === 0) await sayNobodyPolls(troupe.address);
    const { code, farewell } = await use({ troupe, local: null, signal });
    if (farewell !== undefined) say(farewell(false));
    return code;
  } finally {
    await troupe.close();
  }
}

/** With functions, it is as it should be; without, nothing will happen. */
async function sayNobodyPolls(address: string): Promise<void> {
  const woken = await wokenBuild();
  if (woken !== undefined) return say(err.colors.dim(`No worker polls "${address}" now; the server wakes functions of build ${woken}`));
  say(err.colors.yellow(`No worker polls "${address}": runs wait until one does; start one with "npx troupe worker"`));
}

async function useLocal(use: Use, options: SessionOptions, signal: AbortSignal): Promise<number> {
  const wasUp = isUp(cliSettings().TROUPE_DATA);
  const local = await openStack(options, signal);
  let ending: Ending | undefined;
  try {
    const { temporal, namespace, ui, simulated, store } = local.addresses;
    const troupe = await connect({ address: temporal, namespace, simulated, store, ...(ui === null ? {} : { webUi: ui }) });
    try {
      ending = await Promise.race([use({ troupe, local, signal }), lossOf(local)]);
    } finally {
      await troupe.close();
    }
  } finally {
    await leaveStack(local, ending ?? { code: ExitCode.runFailed, leave: signal.aborted ? 'interrupt' : 'as-found' }, wasUp);
  }
  return ending.code;
}

/** Whether a stack seems to be there before this command; asking makes no folder, and joining says what is wrong with one. */
function isUp(dataDir: string): boolean {
  try {
    return existsSync(dataDir) && readStackInfo(stackFiles(resolve(dataDir))) !== undefined;
  } catch {
    return false;
  }
}

async function openStack({ looksAt, anySettings }: SessionOptions, signal: AbortSignal): Promise<LocalStack> {
  const { TROUPE_DATA: dataDir } = cliSettings();
  if (looksAt !== undefined && !existsSync(dataDir)) {
    const cure = 'set TEMPORAL_ADDRESS or TROUPE_DATA to where it was started';
    throw new TroupeError('not-found', `Cannot find the run "${looksAt}": "${dataDir}" holds no runs; ${cure}`);
  }
  const joined = joinStack({
    dataDir,
    env: process.env,
    anySettings: anySettings ?? looksAt !== undefined,
    onProgress: (line) => say(err.colors.dim(line)),
  });
  const patience = setTimeout(() => say(err.colors.dim(`Starting the local stack in "${dataDir}"`)), SILENT_MS);
  void joined.catch(() => undefined).finally(() => clearTimeout(patience));
  // The supervisor stops a stack whose only command has gone, so an impatient Ctrl-C leaves nothing behind.
  await Promise.race([joined, untilInterrupted(signal)]);
  if (signal.aborted) say('\nStopped before anything was started');
  signal.throwIfAborted();
  return joined;
}

/** Never resolves; rejects when the stack goes down under the command. */
async function lossOf(local: LocalStack): Promise<never> {
  const reason = await local.lost;
  if (reason !== undefined) throw new TroupeError('unreachable', reason.message, { cause: reason });
  return new Promise<never>(() => undefined);
}

async function leaveStack(local: LocalStack, { leave = 'release', farewell }: Ending, wasUp: boolean): Promise<void> {
  const asFound = wasUp ? 'release' : 'interrupt';
  const patience = setTimeout(() => say(err.colors.dim('Stopping the local stack; Ctrl-C exits at once')), SILENT_MS);
  const left = await local[leave === 'as-found' ? asFound : leave]();
  clearTimeout(patience);
  if (farewell !== undefined) say(farewell(left?.stopped === true));
  else if (left !== undefined && !left.stopped && left.openRuns > 0) {
    say(err.colors.dim(`The local stack stays up for ${left.openRuns} open ${left.openRuns === 1 ? 'run' : 'runs'}`));
  }
}
