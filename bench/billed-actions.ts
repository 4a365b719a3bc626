/** An event of a history, the part that is looked at here. */
export type BilledEvent = Readonly<Record<string, unknown>>;

/**
 * Kinds of events behind which Temporal Cloud counts an action. Activities count once a try, which the event of the start tells;
 * a child run counts in its own history.
 */
const BILLED = [
  'workflowExecutionStarted',
  'timerStarted',
  'workflowExecutionSignaled',
  'upsertWorkflowSearchAttributes',
  'workflowExecutionUpdateAccepted',
] as const;

const MARKER = 'markerRecordedEventAttributes';
const ACTIVITY = 'activityTaskStartedEventAttributes';

/** Actions that can be seen in a history: all but beats of activities and queries. */
export function billedActions(events: readonly BilledEvent[]): number {
  let actions = 0;
  for (const event of events) {
    if (event[MARKER] != null) actions += 1;
    const started = event[ACTIVITY] as { readonly attempt?: number | null } | null | undefined;
    if (started != null) actions += started.attempt ?? 1;
    if (BILLED.some((kind) => event[`${kind}EventAttributes`] != null)) actions += 1;
  }
  return actions;
}
