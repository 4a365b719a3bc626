import { CancellationScope } from '@temporalio/workflow';

/** Runs `body` so that it can cancel what it has started: `cancelRest` ends its open calls, and only its own. */
export function failFast<Output>(body: (cancelRest: () => void) => Promise<Output>): Promise<Output> {
  const scope = new CancellationScope();
  return scope.run(() => body(() => scope.cancel()));
}
