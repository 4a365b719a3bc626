import { runWorker } from '../../../worker/run-worker';
import { connect } from '../../connect';
import { TroupeError } from '../../troupe-error';
import { cliSettings } from '../cli-settings';
import { wokenBuild } from '../deployment';
import { ExitCode } from '../exit-codes';
import { catchInterruption } from '../interruption';
import { print, say } from '../output';

/** `troupe worker`: polls Troupe's task queue until Ctrl-C; calls in flight may finish first. */
export async function worker(flags: { readonly json?: true }): Promise<number> {
  cliSettings();
  const { signal, dispose } = catchInterruption();
  const troupe = await connect();
  const { address, namespace } = troupe;
  await troupe.close();
  const woken = await wokenBuild();
  if (woken !== undefined) say(`New runs go to functions of build ${woken}: this worker only gets runs that have no build`);
  let ready = false;
  const onReady = (): void => {
    ready = true;
    print(
      flags.json === true
        ? JSON.stringify({ temporal: address, namespace })
        : `Worker polls "${address}", namespace "${namespace}"; Ctrl-C stops it`,
    );
  };
  try {
    await runWorker({ env: process.env, stop: signal, onReady, log: (line) => say(JSON.stringify(line)) });
    return ExitCode.done;
  } catch (error) {
    // Temporal has just answered, so what keeps a worker from starting is a setting.
    if (ready || !(error instanceof Error)) throw error;
    throw new TroupeError('invalid-input', error.message, { cause: error });
  } finally {
    dispose();
  }
}
