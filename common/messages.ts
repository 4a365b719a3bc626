import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common';

import type { Announcement, Withdrawal } from './batch';
import type { Lane } from './call';
import type { LedgerView } from './ledger';
import type { ReviewCommand, ReviewRecord } from './review';
import type { Blackboard, RunProgress } from './run';

// The definition types carry brands that exist for the compiler only; `defineQuery` of @temporalio/workflow casts alike, but
// a client should not load the workflow package for a name.
const query = <Result>(name: string) => ({ type: 'query', name }) as QueryDefinition<Result>;
const signal = <Args extends unknown[] = []>(name: string) => ({ type: 'signal', name }) as SignalDefinition<Args>;
const update = <Result, Args extends unknown[] = []>(name: string) => ({ type: 'update', name }) as UpdateDefinition<Result, Args>;

export const progressQuery = query<RunProgress>('progress');
export const ledgerQuery = query<LedgerView>('ledger');
export const blackboardQuery = query<Blackboard>('blackboard');

/** What a query fails with that came at an unlucky moment: asked again, it is answered. Temporal hands on nothing but the text. */
export const ASK_AGAIN = 'Cannot answer the query: something has happened that no workflow task has begun with yet; ask again';

/** Pause lets open calls finish and starts none. Both exist as update (answered) and as signal (from anything). */
export const pauseUpdate = update<{ status: string }>('pause');
export const resumeUpdate = update<{ status: string }>('resume');
export const pauseSignal = signal('pause');
export const resumeSignal = signal('resume');

export interface Limits {
  readonly budgetUsd?: number;
  readonly budgetTokens?: number;
}

/** Raises the run's budget; answers with the limits now in force. */
export const raiseBudgetUpdate = update<Limits, [Limits]>('raiseBudget');

/** A row of a job tells it that it waits for something, or no longer does. */
export interface RowWait {
  readonly row: number;
  readonly workflowId: string;
  readonly waits: boolean;
}

/** For a person. */
export const rowWaitSignal = signal<[wait: RowWait]>('rowWait');
/** For a batch that had been sent when the lane became interactive. */
export const rowInBatchSignal = signal<[wait: RowWait]>('rowInBatch');
/** Asks a row to tell its job when it ends: the run of the job that began it has continued as new and hears nothing of it. */
export const tellEndSignal = signal('tellEnd');
/** A row that was asked to tells its job that its outcome is in the store. */
export const rowEndedSignal = signal<[row: number]>('rowEnded');
/** Tells a run that there is nothing more to wait for: the turns are answered, have failed, must be sent again or are taken back. */
export const batchAnsweredSignal = signal<[tickets: readonly string[]]>('batchAnswered');

/** Hands turns to the collector of Message Batches. */
export const announceSignal = signal<[announcement: Announcement]>('announce');
/** Takes back turns that nobody waits for any more; those that have been sent already are answered all the same. */
export const withdrawSignal = signal<[withdrawal: Withdrawal]>('withdraw');

/** The lane of a run's calls from now on, in place of that of its options. Turns that wait for a Message Batch leave it for `interactive` unless they were sent. */
export const changeLaneSignal = signal<[lane: Lane]>('changeLane');

/** What of a running job can be changed; at least one of it. */
export interface JobChange {
  /** Rows at the same time; rows that are under way are finished when it is lowered. */
  readonly concurrency?: number;
  /** Lane of all its rows, those that are under way included. */
  readonly lane?: Lane;
}

/** Changes a running job; answers with what is now in force. */
export const changeJobUpdate = update<Required<JobChange>, [JobChange]>('changeJob');

/** Answers an open gate: approve, edit or reject its proposal. */
export const reviewUpdate = update<ReviewRecord, [ReviewCommand]>('review');
