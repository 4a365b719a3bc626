import { readSettings, type Settings } from '../../common/settings';
import { TroupeError } from '../../common/troupe-error';

/** The environment's settings; a wrong one is bad input. */
export function cliSettings(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    throw new TroupeError('invalid-input', error instanceof Error ? error.message : String(error), { cause: error });
  }
}
