import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, CancelledFailure, RetryState, TerminatedFailure } from '@temporalio/common';

import { codeOf, describeEnd, failureChain } from '../../client/run-failure';
import { failure, FailureType } from '../../common/failures';

const ended = (cause: Error): WorkflowFailedError =>
  new WorkflowFailedError('Workflow execution failed', cause, RetryState.NON_RETRYABLE_FAILURE);

const ofActivity = (cause: Error): ActivityFailure =>
  new ActivityFailure('Activity task failed', 'writer', 'writer', RetryState.NON_RETRYABLE_FAILURE, 'worker', cause);

const refused = failure({ type: FailureType.Authentication, message: 'Cannot call Claude: the key is\nwrong; set ANTHROPIC_API_KEY' });
const topped = failure({ type: FailureType.Authentication, message: refused.message, cause: ofActivity(refused) });

describe('failureChain()', () => {
  test('names every link, outermost first, without the line of the client', () => {
    expect(failureChain(ended(topped))).toEqual([
      { type: 'Authentication', message: 'Cannot call Claude: the key is wrong; set ANTHROPIC_API_KEY' },
      { type: 'ActivityFailure', message: 'Activity task failed', step: 'writer' },
      { type: 'Authentication', message: 'Cannot call Claude: the key is wrong; set ANTHROPIC_API_KEY' },
    ]);
  });
});

describe('codeOf()', () => {
  test('tells a reached budget, a cancelled and a failed run apart', () => {
    const budget = failure({ type: FailureType.BudgetReached, message: 'Cannot start the next call: …' });
    expect(codeOf(ended(budget))).toBe('budget-reached');
    expect(codeOf(ended(new CancelledFailure('Workflow canceled')))).toBe('cancelled');
    expect(codeOf(ended(topped))).toBe('run-failed');
  });
});

describe('describeEnd()', () => {
  test('is one line with the step and our own message', () => {
    expect(describeEnd('a', ended(topped))).toBe('Run "a" failed in "writer": Cannot call Claude: the key is wrong; set ANTHROPIC_API_KEY');
  });

  test('takes the innermost message when none is ours', () => {
    expect(describeEnd('a', ended(ofActivity(new Error('socket hang up'))))).toBe('Run "a" failed in "writer": socket hang up');
  });

  test('promises no further try', () => {
    const closed = failure({ type: FailureType.ToolFailed, message: 'Cannot ask "Shop": it is closed; it is tried again' });
    expect(describeEnd('a', ended(ofActivity(closed)))).toBe(
      'Run "a" failed in "writer": Cannot ask "Shop": it is closed; every try failed, ask again later',
    );
  });

  test('says that it was cancelled or terminated', () => {
    expect(describeEnd('a', ended(new CancelledFailure('x')))).toBe('Run "a" was cancelled');
    expect(describeEnd('a', ended(new TerminatedFailure('by an operator')))).toBe('Run "a" was terminated: by an operator');
  });
});
