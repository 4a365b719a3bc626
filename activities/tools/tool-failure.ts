import type { ApplicationFailure } from '@temporalio/common';

import { failure, FailureType } from '../../common/failures';

export interface ToolFailureOptions {
  /** `Cannot <action>: <why>; <what to do>`. An agent reads it too; no key and no address with a key in it. */
  readonly message: string;
  /** Whether another attempt may succeed: the service is busy or down, not the request wrong. @default false */
  readonly retryable?: boolean;
  /** Milliseconds until the next attempt, as the service asked. */
  readonly retryAfterMs?: number;
  /** HTTP status of the service. */
  readonly status?: number;
}

/** The one way for a tool to say that it cannot do what it was asked. */
export function toolFailure({ message, retryable, retryAfterMs, status }: ToolFailureOptions): ApplicationFailure {
  return failure({
    type: FailureType.ToolFailed,
    message,
    ...(retryable !== undefined && { retryable }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(status !== undefined && { details: { status } }),
  });
}
