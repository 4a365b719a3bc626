/** The two applications that are compared. */
export type AppName = 'bare' | 'troupe';

export const APP_NAMES: readonly AppName[] = ['bare', 'troupe'];

/** Names of the runs that were made, for a look at their histories. */
export interface FinishedRun {
  readonly workflowId: string;
  readonly runId: string;
}

/** One article written by one of the applications, from the client's start to the result in the client's hands. */
export interface App {
  readonly name: AppName;
  /** @throws Error when the run fails or its result is not a whole article. */
  run(topic: string): Promise<FinishedRun>;
}
