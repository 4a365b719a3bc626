import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';

import type { PipelineResult } from '../../common/pipelines/types';
import type { RunOutcome } from '../../common/run';
import { TASK_QUEUE } from '../../common/task-queues';
import type { BillRecord } from '../../simulator/bill-record';
import type { Store } from '../../storage/store';
import { auditRun, type Audit } from './audit-run';
import { readRunJournal, type RunKey } from './run-journal';
import { until } from './until';

/** An article under way, started as the client does it. */
export interface ArticleRun {
  readonly key: RunKey;
  readonly handle: WorkflowHandleWithFirstExecutionRunId;
}

export type ArticleOutcome = RunOutcome<PipelineResult<'article'>>;

const TOPICS = [
  'sourdough for a small bakery',
  'database indexes',
  'wind turbines',
  'urban beekeeping',
  'garden irrigation',
  'bicycle brakes',
];

export interface ArticleOptions {
  /** Another number gives another topic. @default 0 */
  readonly serial?: number;
  /** @default TASK_QUEUE */
  readonly taskQueue?: string;
}

export async function startArticle(client: Client, workflowId: string, options: ArticleOptions = {}): Promise<ArticleRun> {
  const { serial = 0, taskQueue = TASK_QUEUE } = options;
  const args = [{ topic: `${TOPICS[serial % TOPICS.length] ?? ''}, part ${serial + 1}` }];
  const handle = await client.workflow.start('article', { args, taskQueue, workflowId, workflowTaskTimeout: '5s' });
  return { key: { namespace: client.options.namespace, workflowId, firstRunId: handle.firstExecutionRunId }, handle };
}

/** Where the bill of the simulator can be had: in this process, or over HTTP. */
export type ReadBill = (workflowId: string) => Promise<readonly BillRecord[]> | readonly BillRecord[];

/** Waits until the simulator knows how each of the run's requests ended, then compares the books. */
export async function auditArticle(run: ArticleRun, outcome: ArticleOutcome, { store, readBill, overlapMs = 0 }: Books): Promise<Audit> {
  let bill: readonly BillRecord[] = [];
  await until(async () => {
    bill = await readBill(run.key.workflowId);
    return bill.every((record) => record.outcome !== 'open');
  });
  return auditRun({ run: run.key, ledger: outcome.ledger, journal: await readRunJournal(store, run.key), bill, overlapMs });
}

export interface Books {
  readonly store: Store;
  readonly readBill: ReadBill;
  /** See `Evidence`. @default 0 */
  readonly overlapMs?: number;
}
