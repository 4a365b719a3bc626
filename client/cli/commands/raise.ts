import { TroupeError } from '../../../common/troupe-error';
import { ExitCode } from '../exit-codes';
import { printJson, say } from '../output';
import { withSession } from '../session';

export interface RaiseFlags {
  readonly budgetUsd?: number;
  readonly budgetTokens?: number;
  readonly json?: true;
}

/** `troupe raise`: a higher budget; a job that waits for one goes on. */
export async function raise(id: string, { budgetUsd, budgetTokens, json }: RaiseFlags): Promise<number> {
  if (budgetUsd === undefined && budgetTokens === undefined)
    throw new TroupeError('invalid-input', `Cannot raise the budget of "${id}": no budget is given; add --budget-usd or --budget-tokens`);
  return withSession(
    async ({ troupe }) => {
      const run = await troupe.handle(id);
      const limits = { ...(budgetUsd !== undefined && { budgetUsd }), ...(budgetTokens !== undefined && { budgetTokens }) };
      const now = await run.raiseBudget(limits);
      if (json === true) printJson({ workflowId: id, ...now });
      else say(`The budget of ${id} is now ${wordsOf(now)}`);
      return { code: ExitCode.done, leave: 'as-found' };
    },
    { looksAt: id },
  );
}

function wordsOf({ budgetUsd, budgetTokens }: RaiseFlags): string {
  const parts = [
    ...(budgetUsd === undefined ? [] : [`$${budgetUsd}`]),
    ...(budgetTokens === undefined ? [] : [`${budgetTokens.toLocaleString('en-US')} tokens`]),
  ];
  return parts.join(' and ');
}
