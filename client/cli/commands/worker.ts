import { runWorker } from '../../../worker/run-worker';
import type { Serves } from '../../../common/task-queues';
import { connect } from '../../connect';
import { TroupeError } from '../../../common/troupe-error';
import { cliSettings } from '../cli-settings';
import { wokenBuild } from '../deployment';
import { ExitCode } from '../exit-codes';
import { catchInterruption } from '../interruption';
import { print, say } from '../output';
import { stackToServe } from '../stack-to-serve';

export interface WorkerFlags {
  readonly serves?: Serves;
  readonly json?: true;
}

const SERVED = { all: '', main: ', the main queue only', pool: ", the pool's queue only" } as const;

/** `troupe worker`: polls Troupe's task queues until Ctrl-C; calls in flight may finish first. */
export async function worker(flags: WorkerFlags): Promise<number> {
  const settings = cliSettings();
  const { serves = settings.TROUPE_SERVES } = flags;
  const { signal, dispose } = catchInterruption();
  const { server, env } = stackToServe() ?? { server: {}, env: process.env };
  const troupe = await connect(server);
  const { address, namespace } = troupe;
  await troupe.close();
  // The pool's queue has no builds: functions send their calls there.
  const woken = serves === 'pool' ? undefined : await wokenBuild();
  if (woken !== undefined) say(`New runs go to functions of build ${woken}: this worker only gets runs that have no build`);
  let ready = false;
  const onReady = (): void => {
    ready = true;
    print(
      flags.json === true
        ? JSON.stringify({ temporal: address, namespace, serves })
        : `Worker polls "${address}", namespace "${namespace}"${SERVED[serves]}; Ctrl-C stops it`,
    );
  };
  try {
    await runWorker({ env: { ...env, TROUPE_SERVES: serves }, stop: signal, onReady, log: (line) => say(JSON.stringify(line)) });
    return ExitCode.done;
  } catch (error) {
    // Temporal has just answered, so what keeps a worker from starting is a setting.
    if (ready || !(error instanceof Error)) throw error;
    throw new TroupeError('invalid-input', error.message, { cause: error });
  } finally {
    dispose();
  }
}
