import type { JobOutput } from '../../rows/job-output';
import { err, say } from './output';

/** What has been written of a job. */
export function sayOutput(output: JobOutput, file: string): void {
  const { written, failed, flagged = 0 } = output.counts();
  say(`${written} ${written === 1 ? 'row' : 'rows'} written to "${file}"`);
  if (flagged > 0) say(err.colors.yellow(`${flagged} of them to look at before you import them, with reasons: "${output.flaggedFile}"`));
  if (failed > 0) say(err.colors.yellow(`${failed} not done, with reasons: "${output.failedFile}"`));
}
