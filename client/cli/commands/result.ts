import { finishRun } from '../finish-run';
import { say } from '../output';
import type { RunHandle } from '../../run-handle';
import { isRowFile } from '../../../rows/read-rows';
import { rowsNotWritten, sayOutput } from '../say-output';
import { withSession, type Session } from '../session';
import { checkOut } from '../write-result';

export interface ResultFlags {
  readonly out?: string;
  readonly json?: true;
}

/** A job's result has one row for each of its own. */
async function writeRows({ troupe }: Session, run: RunHandle, file: string): Promise<void> {
  const { job } = await run.progress();
  if (job === undefined) return;
  const output = await troupe.jobOutput({ file, order: 'input', manifest: job.manifest, folder: job.folder });
  const ended = (await run.describe()).closedAt !== null;
  await output.update(true, ended).catch((error: unknown) => {
    throw rowsNotWritten(error, { workflowId: run.workflowId, file });
  });
  sayOutput(output, { workflowId: run.workflowId, file, final: ended });
}

/** `troupe result`: waits for the end if need be; of a run that did not complete it prints what was done. */
export async function result(id: string, flags: ResultFlags): Promise<number> {
  if (flags.out !== undefined) await checkOut(flags.out);
  return withSession(
    async (session) => {
      const run = await session.troupe.handle(id);
      if ((await run.describe()).closedAt === null) say(`Run "${id}" has not ended yet; waiting for it (Ctrl-C ends the waiting only)`);
      const { out, ...rest } = flags;
      const rows = out !== undefined && isRowFile(out) && (await run.describe()).pipeline === 'batchJob';
      const ending = await finishRun(session, run, { ...(rows ? rest : flags), follow: false, withPartial: true, announced: false });
      if (rows) await writeRows(session, run, out);
      return ending;
    },
    { looksAt: id },
  );
}
