import { TroupeError, type TroupeErrorCode } from '../troupe-error';

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

/** Exit code of whatever a command threw. */
export function exitCodeOf(error: unknown): number {
  return error instanceof TroupeError ? BY_ERROR[error.code] : ExitCode.runFailed;
}
