import { ExitCode } from '../exit-codes';
import { lookAt } from '../look-at';
import { withSession } from '../session';
import { answerSteering, type SteerFlags } from '../steering';

/** `troupe pause`: open calls finish, none starts. */
export async function pause(id: string, flags: SteerFlags): Promise<number> {
  return withSession(
    async ({ troupe }) => {
      const run = await troupe.handle(id);
      const { status } = await lookAt(run);
      await run.pause();
      const how = status === 'paused' ? `"${id}" is paused already` : `Paused "${id}": calls in flight finish and none starts`;
      await answerSteering(run, `${how}; go on with: npx troupe resume ${id}`, flags);
      return { code: ExitCode.done, leave: 'as-found' };
    },
    { looksAt: id },
  );
}
