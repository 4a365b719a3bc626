import { TypedSearchAttributes } from '@temporalio/common';

import { Memo } from '../common/run';
import { TroupePipeline } from '../common/search-attributes';
import { TASK_QUEUE } from '../common/task-queues';
import type { CheckedStart } from './check-start';
import { shorten } from './shorten';

// A crash of the worker delays a run by at most this; Troupe's workflow tasks take milliseconds.
const WORKFLOW_TASK_TIMEOUT = '5s';
const INTERACTIVE_PRIORITY = { priorityKey: 2 };
const SUBJECT_IN_MEMO = 200;
const SUMMARY_CHARACTERS = 90;

/** What Temporal is told of a run beside its id, whoever starts it: a person now or a schedule later. */
export function startParameters({ pipeline, input, options, subject, hash }: CheckedStart) {
  return {
    taskQueue: TASK_QUEUE,
    args: [input, options],
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    priority: INTERACTIVE_PRIORITY,
    staticSummary: `${pipeline} · ${shorten(subject, SUMMARY_CHARACTERS)}`,
    typedSearchAttributes: new TypedSearchAttributes([{ key: TroupePipeline, value: pipeline }]),
    memo: { [Memo.input]: hash, [Memo.subject]: shorten(subject, SUBJECT_IN_MEMO) },
  };
}
