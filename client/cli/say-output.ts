import type { JobOutput } from '../../rows/job-output';
import { TroupeError } from '../../common/troupe-error';
import { err, say } from './output';
import { shellWord } from './shell-word';

/** Writes the rows of a job, when it has ended. */
export const rowsCommand = (workflowId: string, file = 'rows.csv'): string =>
  `npx troupe result ${shellWord(workflowId)} --out ${shellWord(file)}`;

export interface WrittenOutput {
  readonly workflowId: string;
  readonly file: string;
  /** Whether the job has ended, so that no more rows come. */
  readonly final: boolean;
}

/** What has been written of a job, and where the rest will come from. */
export function sayOutput(output: JobOutput, { workflowId, file, final }: WrittenOutput): void {
  const { written, failed, flagged = 0, skipped = 0, notStarted = 0, taken = false } = output.counts();
  if (taken) say(err.colors.yellow(`"${file}" is not what this command wrote: it was replaced or changed meanwhile`));
  else say(`${written} ${written === 1 ? 'row' : 'rows'} written to "${file}"`);
  if (flagged > 0) say(err.colors.yellow(`${flagged} of them to look at before you import them, with reasons: "${output.flaggedFile}"`));
  const open = [...(failed > 0 ? [`${failed} not done`] : []), ...(notStarted > 0 ? [`${notStarted} not started`] : [])];
  if (open.length > 0) say(err.colors.yellow(`${open.join(', ')}, with reasons: "${output.failedFile}"`));
  if (open.length > 0 && final) say(`Try again what is not done: npx troupe batch retry ${shellWord(workflowId)} --out ${shellWord(file)}`);
  if (skipped > 0)
    say(err.colors.yellow(`${skipped} ${skipped === 1 ? 'row' : 'rows'} of the input left out, with reasons: "${output.failedFile}"`));
  if (!final) say(`The job has not ended. All of its rows, then: ${rowsCommand(workflowId, file)}`);
}

/** What a full disk and the like say, with the way to the rows; any other error is returned as it is. */
export function rowsNotWritten(error: unknown, { workflowId, file }: Pick<WrittenOutput, 'workflowId' | 'file'>): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined || error instanceof TroupeError) return error;
  const cure = `they are kept, so write them elsewhere: ${rowsCommand(workflowId)}`;
  return new TroupeError('run-failed', `Cannot write the rows of "${workflowId}" to "${file}": ${message}; ${cure}`, { cause: error });
}
