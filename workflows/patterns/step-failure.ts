import { applicationFailureOf, FailureType, failure } from '../../common/failures';

/** Names the step that failed and keeps type and details, so that a refusal or a wrong key is still recognised as such. */
export function stepFailure(step: string, error: unknown): unknown {
  const known = applicationFailureOf(error);
  return failure({
    type: (known?.type ?? FailureType.StepFailed) as FailureType, // ours, or the one that Temporal carried over for us
    message: `Cannot finish ${step}: ${reasonOf(error)}`,
    cause: error,
    ...(known?.details?.[0] === undefined ? {} : { details: known.details[0] as object }), // FailureDetails by construction
  });
}

/** Why something failed, in words: our own message rather than Temporal's wrapping. */
export function reasonOf(error: unknown): string {
  return applicationFailureOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
}
