import { FailureType } from '../../common/failures';
import { TroupeError, type TroupeErrorCode } from '../../common/troupe-error';

/** What a command ended with; scripts rely on the numbers. */
export const ExitCode = {
  done: 0,
  runFailed: 1,
  badInput: 2,
  notFound: 3,
  unreachable: 4,
  budgetReached: 5,
  waiting: 6,
  /** As shells have it: 128 + SIGINT. */
  interrupted: 130,
} as const;

const BY_ERROR: { readonly [code in TroupeErrorCode]: number } = {
  'invalid-input': ExitCode.badInput,
  'id-taken': ExitCode.badInput,
  'run-closed': ExitCode.badInput,
  'not-found': ExitCode.notFound,
  unreachable: ExitCode.unreachable,
  'run-failed': ExitCode.runFailed,
  cancelled: ExitCode.runFailed,
  'budget-reached': ExitCode.budgetReached,
};

/** Exit code of whatever a command threw. A run that failed because Claude never answered counts as not reachable. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof TroupeError)) return ExitCode.runFailed;
  if (error.code === 'run-failed' && error.chain.some(({ type }) => type === FailureType.Unavailable)) return ExitCode.unreachable;
  return BY_ERROR[error.code];
}
