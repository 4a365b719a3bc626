import { TroupeError } from '../../../common/troupe-error';
import { cliSettings } from '../cli-settings';
import { ExitCode } from '../exit-codes';
import { catchInterruption, untilInterrupted } from '../interruption';
import { joinStack } from '../join-stack';
import { err, print, say } from '../output';
import { sayIfSimulated } from '../say-simulated';
import { openRunIds, staysUp } from '../stays-up';
import { temporalHint } from '../temporal-hint';

export interface DevFlags {
  readonly port?: number;
  readonly uiPort?: number;
  readonly data?: string;
  readonly serverless?: true;
  readonly json?: true;
}

/** Of this moment, for lines that come while nobody looks. */
const clock = (): string => new Date().toTimeString().slice(0, 8);

function join(flags: DevFlags) {
  return joinStack({
    dataDir: flags.data ?? cliSettings().TROUPE_DATA,
    env: process.env,
    ...(flags.port === undefined ? {} : { port: flags.port }),
    ...(flags.uiPort === undefined ? {} : { uiPort: flags.uiPort }),
    ...(flags.serverless === undefined ? {} : { serverless: true }),
    onProgress: (line) => say(err.colors.dim(line)),
    onFunction: (line) => say(err.colors.dim(`${clock()} ${line}`)),
  });
}

/** `troupe dev`: keeps the local stack up until Ctrl-C. */
export async function dev(flags: DevFlags): Promise<number> {
  const { signal, dispose } = catchInterruption();
  const joined = join(flags);
  await Promise.race([joined, untilInterrupted(signal)]);
  if (signal.aborted) return ExitCode.interrupted;
  const stack = await joined;
  const { temporal, ui, claude, simulated, serverless } = stack.addresses;
  sayIfSimulated(simulated);
  if (flags.json === true) print(JSON.stringify({ temporal, ui, claude, ...(serverless === null ? {} : { serverless }) }));
  else print(`Ready: Temporal ${temporal} · Web UI ${ui ?? 'none'} · Claude ${claude ?? 'api.anthropic.com'}`);
  if (serverless !== null) say(`Serverless, build ${serverless}: no worker runs; the server wakes a function when there is work`);
  if (flags.json !== true) for (const line of await temporalHint(temporal, process.env)) say(line);
  const lost = await Promise.race([stack.lost, untilInterrupted(signal)]);
  if (lost !== undefined) throw new TroupeError('unreachable', lost.message, { cause: lost });
  const left = await stack.interrupt();
  if (left.stopped) say('Stopped; open runs go on at the next start');
  else say(staysUp(left, left.openRuns > 0 ? await openRunIds(stack.addresses) : []));
  dispose();
  return ExitCode.done;
}
