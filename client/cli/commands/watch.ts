import { finishRun } from '../finish-run';
import { say } from '../output';
import { withSession } from '../session';

/** `troupe watch`: live progress until the end, then the result. */
export async function watch(id: string, flags: { readonly json?: true }): Promise<number> {
  return withSession(
    async (session) => {
      const run = await session.troupe.handle(id);
      if (run.url !== null) say(`Web UI: ${run.url}`);
      return finishRun(session, run, { ...flags, follow: true, withPartial: false, announced: false });
    },
    { looksAt: id },
  );
}
