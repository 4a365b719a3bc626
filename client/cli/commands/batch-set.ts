import type { JobChange } from '../../../common/messages';
import { TroupeError } from '../../../common/troupe-error';
import { ExitCode } from '../exit-codes';
import { printJson, say } from '../output';
import { withSession } from '../session';

export interface BatchSetFlags extends JobChange {
  readonly json?: true;
}

/** `troupe batch set`: more or fewer rows at the same time, or another lane, from now on. */
export async function batchSet(id: string, { json, ...change }: BatchSetFlags): Promise<number> {
  const { concurrency, lane } = change;
  if (concurrency === undefined && lane === undefined)
    throw new TroupeError('invalid-input', `Cannot change job "${id}": no change is given; add --concurrency N, --lane LANE or both`);
  return withSession(
    async ({ troupe }) => {
      const run = await troupe.handle(id);
      const now = await run.changeJob(change);
      if (json === true) printJson({ workflowId: id, ...now });
      else for (const line of saying(id, change, now)) say(line);
      return { code: ExitCode.done, leave: 'as-found' };
    },
    { looksAt: id },
  );
}

function saying(id: string, { concurrency, lane }: JobChange, now: Required<JobChange>): string[] {
  const rows = now.concurrency === 1 ? 'row' : 'rows';
  return [
    ...(concurrency === undefined ? [] : [`${id} works on ${now.concurrency} ${rows} at the same time from now on`]),
    ...(lane === undefined ? [] : [`${id} takes the ${now.lane} lane from now on: ${MEANING[now.lane]}`]),
  ];
}

const MEANING = {
  interactive: 'calls that wait to be sent in a batch are asked at once, those that were sent are waited for',
  batch: 'calls under way are finished, the next ones go into batches',
  auto: 'a batch for as long as the deadline allows; calls that wait for one stay in it',
} as const;
