import { ExitCode } from '../exit-codes';
import { withSession } from '../session';
import { answerSteering, type SteerFlags } from '../steering';

/** `troupe pause`: open calls finish, none starts. */
export async function pause(id: string, flags: SteerFlags): Promise<number> {
  return withSession(
    async ({ troupe }) => {
      const run = await troupe.handle(id);
      await run.pause();
      await answerSteering(run, `Paused "${id}": calls in flight finish and none starts; go on with: troupe resume ${id}`, flags);
      return { code: ExitCode.done, leave: 'as-found' };
    },
    { looksAt: id },
  );
}
