import { ExitCode } from '../exit-codes';
import { lookAt } from '../look-at';
import { withSession } from '../session';
import { answerSteering, type SteerFlags } from '../steering';

/** `troupe resume`: takes a pause back. */
export async function resume(id: string, flags: SteerFlags): Promise<number> {
  return withSession(
    async ({ troupe }) => {
      const run = await troupe.handle(id);
      const { status, answering } = await lookAt(run);
      await run.resume();
      // Without a worker nobody knows whether it was paused.
      const how = answering && status !== 'paused' ? `"${id}" is not paused; it is ${status}` : `Resumed "${id}"`;
      await answerSteering(run, `${how}; watch it with: npx troupe watch ${id}`, flags);
      return { code: ExitCode.done, leave: 'detach' };
    },
    { looksAt: id },
  );
}
