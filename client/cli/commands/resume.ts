import { ExitCode } from '../exit-codes';
import { withSession } from '../session';
import { answerSteering, type SteerFlags } from '../steering';

/** `troupe resume`: takes a pause back. */
export async function resume(id: string, flags: SteerFlags): Promise<number> {
  return withSession(
    async ({ troupe }) => {
      const run = await troupe.handle(id);
      await run.resume();
      await answerSteering(run, `Resumed "${id}"; watch it with: troupe watch ${id}`, flags);
      return { code: ExitCode.done, leave: 'detach' };
    },
    { looksAt: id },
  );
}
