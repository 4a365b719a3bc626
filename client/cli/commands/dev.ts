import { TroupeError } from '../../troupe-error';
import { cliSettings } from '../cli-settings';
import { ExitCode } from '../exit-codes';
import { catchInterruption, untilInterrupted } from '../interruption';
import { joinStack } from '../join-stack';
import { err, print, say } from '../output';
import { sayIfSimulated } from '../say-simulated';

export interface DevFlags {
  readonly port?: number;
  readonly uiPort?: number;
  readonly data?: string;
  readonly serverless?: true;
  readonly json?: true;
}

function join(flags: DevFlags) {
  return joinStack({
    dataDir: flags.data ?? cliSettings().TROUPE_DATA,
    env: process.env,
    ...(flags.port === undefined ? {} : { port: flags.port }),
    ...(flags.uiPort === undefined ? {} : { uiPort: flags.uiPort }),
    onProgress: (line) => say(err.colors.dim(line)),
  });
}

/** `troupe dev`: keeps the local stack up until Ctrl-C. */
export async function dev(flags: DevFlags): Promise<number> {
  if (flags.serverless === true) {
    throw new TroupeError('invalid-input', 'Cannot start with --serverless: it is not available in this version; leave it out');
  }
  const { signal, dispose } = catchInterruption();
  const joined = join(flags);
  await Promise.race([joined, untilInterrupted(signal)]);
  if (signal.aborted) return ExitCode.interrupted;
  const stack = await joined;
  const { temporal, ui, claude, simulated } = stack.addresses;
  sayIfSimulated(simulated);
  if (flags.json === true) print(JSON.stringify({ temporal, ui, claude }));
  else print(`Ready: Temporal ${temporal} · Web UI ${ui ?? 'none'} · Claude ${claude ?? 'api.anthropic.com'}`);
  const lost = await Promise.race([stack.lost, untilInterrupted(signal)]);
  if (lost !== undefined) throw new TroupeError('unreachable', lost.message, { cause: lost });
  const { stopped } = await stack.interrupt();
  say(stopped ? 'Stopped; open runs go on at the next start' : 'The local stack stays up for other commands');
  dispose();
  return ExitCode.done;
}
