import { runSimulator, type RunSimulatorOptions } from '../../../simulator';
import { TroupeError } from '../../troupe-error';
import { ExitCode } from '../exit-codes';

/** `troupe simulator`: Claude's API, simulated, until Ctrl-C. */
export async function simulator(flags: RunSimulatorOptions): Promise<number> {
  try {
    await runSimulator(flags);
    return ExitCode.done;
  } catch (error) {
    throw new TroupeError('invalid-input', error instanceof Error ? error.message : String(error), { cause: error });
  }
}
