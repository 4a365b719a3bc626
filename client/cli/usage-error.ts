import type { CommanderError } from 'commander';

import { TroupeError } from '../../common/troupe-error';

/** What commander has to say about a command line, in one line of ours. */
export function usageError(error: CommanderError, command: string): TroupeError {
  const why = error.message
    .replace(/^error: /, '')
    .replaceAll("'", '"')
    .replaceAll(/\s+/g, ' ')
    .replace(/\.$/, '')
    .trim();
  return new TroupeError('invalid-input', `Cannot read the command line: ${why}; see "${command} --help"`, { cause: error });
}
