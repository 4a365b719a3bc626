import { ExitCode } from '../exit-codes';
import { untilClosed } from '../finish-run';
import { withSession } from '../session';
import { answerSteering, type SteerFlags } from '../steering';

// Calls in flight learn of it at their next heartbeat, and the run keeps its work before it closes.
const CANCEL_WAIT_MS = 15_000;

/** `troupe cancel`: waits until the run has kept its work and closed. */
export async function cancel(id: string, flags: SteerFlags): Promise<number> {
  return withSession(
    async ({ troupe, signal }) => {
      const run = await troupe.handle(id);
      await run.cancel();
      const closed = await untilClosed(run, CANCEL_WAIT_MS, signal);
      const asked =
        `Asked "${id}" to stop; it stops when its worker hears of it. If no worker knows its pipeline any more:\n` +
        `temporal workflow terminate --workflow-id ${id}`;
      const done = `Cancelled "${id}"; what was done is kept: npx troupe result ${id}`;
      await answerSteering(run, closed ? done : asked, flags);
      return { code: ExitCode.done };
    },
    { looksAt: id },
  );
}
