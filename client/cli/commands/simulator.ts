import { runSimulator, type RunSimulatorOptions } from '../../../simulator';
import { makeWritable } from '../../../worker/local/data-dir';
import { TroupeError } from '../../../common/troupe-error';
import { ExitCode } from '../exit-codes';

/** `troupe simulator`: Claude's API, simulated, until Ctrl-C. */
export async function simulator(flags: RunSimulatorOptions): Promise<number> {
  try {
    if (flags.stateDir !== undefined) makeStateDir(flags.stateDir);
    await runSimulator(flags);
    return ExitCode.done;
  } catch (error) {
    throw new TroupeError('invalid-input', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function makeStateDir(folder: string): void {
  try {
    makeWritable(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot keep the simulator's bill in "${folder}": ${why}; choose a folder you may write to with --state-dir`, {
      cause: error,
    });
  }
}
