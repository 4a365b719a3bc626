import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';

import { Memo } from '../common/run';
import type { CheckedStart } from './check-start';
import { attempt, type ClientContext } from './context';
import { newRunId } from './run-id';
import { statusOf } from './run-summary';
import { asking } from './service-errors';
import { startParameters } from './start-parameters';
import { TroupeError } from '../common/troupe-error';

/** What became of a start. */
export interface Started {
  readonly workflowId: string;
  readonly runId: string;
  /** True when an earlier start with the same id had made the run. */
  readonly attached: boolean;
}

const START_ATTEMPTS = 5;

/** Finds out whether the run that holds the id is the one asked for; undefined: it closed badly in between, start again. */
async function attach(context: ClientContext, checked: CheckedStart, workflowId: string): Promise<Started | undefined> {
  const described = await asking(attempt(context, `start "${checked.pipeline}"`, workflowId), () =>
    context.client.workflow.getHandle(workflowId).describe(),
  );
  const status = statusOf(described);
  if (status !== 'running' && status !== 'completed') return undefined;
  const same = described.type === checked.pipeline && described.memo?.[Memo.input] === checked.hash;
  if (same) return { workflowId, runId: described.runId, attached: true };
  const cure = `choose another id, or see "npx troupe status ${workflowId}"`;
  throw new TroupeError(
    'id-taken',
    `Cannot start "${checked.pipeline}": the id "${workflowId}" belongs to a ${status} "${described.type}" run with another input or other options; ${cure}`,
  );
}

interface StartAs {
  readonly workflowId: string;
  readonly evenCompleted: boolean;
}

async function startNew(context: ClientContext, checked: CheckedStart, { workflowId, evenCompleted }: StartAs): Promise<Started> {
  const { memo, ...parameters } = startParameters(checked);
  const handle = await context.client.workflow.start(checked.pipeline, {
    ...parameters,
    workflowId,
    workflowIdConflictPolicy: 'FAIL',
    workflowIdReusePolicy: evenCompleted ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
    memo: { ...memo, ...(context.simulated === undefined ? {} : { [Memo.simulated]: context.simulated }) },
  });
  return { workflowId, runId: handle.firstExecutionRunId, attached: false };
}

export interface StartRunOptions {
  /** A completed run of the same id is started anew rather than attached to. @default false */
  readonly evenCompleted?: boolean;
}

/**
 * Starts a checked run, or attaches to the one that its id already names. The server decides races: of two starts with one
 * id only one succeeds, and the other compares the memo.
 */
export async function startRun(context: ClientContext, checked: CheckedStart, options: StartRunOptions = {}): Promise<Started> {
  const workflowId = checked.id ?? newRunId(checked.pipeline, checked.subject);
  for (let round = 1; ; round += 1) {
    try {
      return await asking(attempt(context, `start "${checked.pipeline}"`), () =>
        startNew(context, checked, { workflowId, evenCompleted: options.evenCompleted === true }),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const attached = await attach(context, checked, workflowId);
      if (attached !== undefined) return attached;
      if (round === START_ATTEMPTS) throw error;
    }
  }
}
