import { finishRun } from '../finish-run';
import { say } from '../output';
import { rowsCommand } from '../say-output';
import { withSession } from '../session';

/** `troupe watch`: live progress until the end, then the result. */
export async function watch(id: string, flags: { readonly json?: true }): Promise<number> {
  return withSession(
    async (session) => {
      const run = await session.troupe.handle(id);
      if (run.url !== null) say(`Web UI: ${run.url}`);
      const ending = await finishRun(session, run, { ...flags, follow: true, withPartial: false, announced: false });
      const { pipeline, closedAt } = await run.describe();
      if (pipeline === 'batchJob' && closedAt !== null) say(`Its rows as a file: ${rowsCommand(id)}`);
      return ending;
    },
    { looksAt: id },
  );
}
