import { QueryNotRegisteredError, type WorkflowQueryInput } from '@temporalio/client';

import { ASK_AGAIN } from '../../common/messages';
import { repeatQueries } from '../../common/repeat-queries';

const input = { queryType: 'progress' } as WorkflowQueryInput; // handed on unread

/** Asks a run that fails so often before it answers. */
async function ask(failures: readonly Error[]): Promise<{ readonly answer: unknown; readonly asked: number }> {
  let asked = 0;
  const answer = await repeatQueries.query?.(input, async () => {
    const failure = failures[asked];
    asked += 1;
    if (failure !== undefined) throw failure;
    return 'fine';
  });
  return { answer, asked };
}

const unlucky = new QueryNotRegisteredError(ASK_AGAIN, 3);

describe('repeatQueries', () => {
  test('asks again after an unlucky moment', async () => {
    expect(await ask([unlucky, unlucky])).toEqual({ answer: 'fine', asked: 3 });
  });

  test('hands on every other failure, and does not ask for ever', async () => {
    await expect(ask([new QueryNotRegisteredError('Workflow did not register a handler for x', 3)])).rejects.toThrow('did not register');
    await expect(ask(Array.from({ length: 20 }, () => unlucky))).rejects.toThrow('ask again');
  });
});
