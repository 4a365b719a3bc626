import { ExitCode } from '../exit-codes';
import { printJson, say } from '../output';
import { withSession } from '../session';

export interface BatchSetFlags {
  readonly concurrency: number;
  readonly json?: true;
}

/** `troupe batch set`: more or fewer rows at the same time, from now on. */
export async function batchSet(id: string, { concurrency, json }: BatchSetFlags): Promise<number> {
  return withSession(
    async ({ troupe }) => {
      const run = await troupe.handle(id);
      const now = await run.changeJob({ concurrency });
      if (json === true) printJson({ workflowId: id, ...now });
      else say(`${id} works on ${now.concurrency} ${now.concurrency === 1 ? 'row' : 'rows'} at the same time from now on`);
      return { code: ExitCode.done, leave: 'as-found' };
    },
    { looksAt: id },
  );
}
