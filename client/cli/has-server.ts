import { loadClientConfigProfile } from '@temporalio/envconfig';

import { setVariables } from '../../common/settings';
import { TroupeError } from '../../common/troupe-error';

/** Whether the environment or a profile names a Temporal server; without one the CLI brings its own. */
export function hasServer(): boolean {
  try {
    return loadClientConfigProfile({ overrideEnvVars: setVariables(process.env) }).address !== undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TroupeError('invalid-input', `Cannot read the Temporal profile: ${why}; correct TEMPORAL_* or temporal.toml`, {
      cause: error,
    });
  }
}
