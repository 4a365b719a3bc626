import type { LocalStack } from '../../worker/local/local-stack';
import type { Released } from '../../worker/local/stack-lease';
import { connect } from '../connect';

const SHOWN = 3;

/** Why a local stack goes on without this command, and for which runs. */
export function staysUp({ openRuns }: Released, openIds: readonly string[]): string {
  if (openRuns === 0) return 'The local stack stays up for other commands';
  const what = `The local stack stays up for ${openRuns === 1 ? '1 open run' : `${openRuns} open runs`}`;
  const [first] = openIds;
  if (first === undefined) return what;
  const more = openRuns > SHOWN ? ', …' : '';
  return `${what}: ${openIds.slice(0, SHOWN).join(', ')}${more}\nStop one with: npx troupe cancel ${first}`;
}

/** Ids of some open runs of a stack that goes on; none when it cannot be asked any more. */
export async function openRunIds({ temporal, namespace }: LocalStack['addresses']): Promise<readonly string[]> {
  try {
    const troupe = await connect({ address: temporal, namespace });
    try {
      return (await troupe.list({ status: 'running', limit: SHOWN })).map(({ workflowId }) => workflowId);
    } finally {
      await troupe.close();
    }
  } catch {
    return [];
  }
}
