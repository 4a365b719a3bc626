import { finishRun } from '../finish-run';
import { say } from '../output';
import { withSession } from '../session';
import { checkOut } from '../write-result';

export interface ResultFlags {
  readonly out?: string;
  readonly json?: true;
}

/** `troupe result`: waits for the end if need be; of a run that did not complete it prints what was done. */
export async function result(id: string, flags: ResultFlags): Promise<number> {
  if (flags.out !== undefined) await checkOut(flags.out);
  return withSession(
    async (session) => {
      const run = await session.troupe.handle(id);
      if ((await run.describe()).closedAt === null) say(`Run "${id}" has not ended yet; waiting for it (Ctrl-C ends the waiting only)`);
      return finishRun(session, run, { ...flags, follow: false, withPartial: true, announced: false });
    },
    { looksAt: id },
  );
}
