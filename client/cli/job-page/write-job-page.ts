import { z } from 'zod';

import { replaceFile } from '../../../rows/replace-file';
import type { RunHandle } from '../../run-handle';
import { TroupeError } from '../../../common/troupe-error';
import { ExitCode } from '../exit-codes';
import { printJson, say } from '../output';
import type { Ending, Session } from '../session';
import { renderJobPage } from './job-page';

/** More would be scrolled through, not read. */
const MOST_ROWS = 200;

/** Writes what has become of a job's rows as a page for a browser, with the commands that decide on the rest while it asks. */
export async function writeJobPage(
  { troupe }: Session,
  run: RunHandle,
  { html: file, json }: { html: string; json?: true },
): Promise<Ending> {
  const { workflowId, runId } = run;
  const { job, reviews = [], costUsd, uncertainUsd, budgetUsd, simulated } = await run.progress();
  if (job === undefined)
    throw new TroupeError(
      'invalid-input',
      `Cannot write "${file}": "${workflowId}" is not a job; see it with "npx troupe review ${workflowId}"`,
    );
  const { rows, more } = await troupe.endedRows(job, MOST_ROWS);
  if (rows.length === 0)
    throw new TroupeError('invalid-input', `Cannot write "${file}": no row of "${workflowId}" has ended yet; try again when one has`);
  const asks = (await run.describe()).closedAt === null && reviews.some(({ name }) => name === 'sample');
  const allUsd = asks ? await allUsdOf(run) : undefined;
  const page = { workflowId, job, rows, more, costUsd, uncertainUsd, budgetUsd, simulated, asks, allUsd, writtenAt: Date.now() };
  await replaceFile(file, renderJobPage(page)).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new TroupeError('invalid-input', `Cannot write "${file}": ${why}; choose another --html`, { cause: error });
  });
  if (json === true) printJson({ workflowId, runId, file, rows: rows.length, waits: asks });
  say(`Wrote ${rows.length} ${rows.length === 1 ? 'row' : 'rows'} to ${file}: open it in a browser`);
  return asks ? { code: ExitCode.waiting } : { code: ExitCode.done, leave: 'as-found' };
}

/** What the sample says of all rows; undefined when it says nothing of them. */
async function allUsdOf(run: RunHandle): Promise<number | undefined> {
  const proposal: unknown = (await run.reviews()).find(({ name, state }) => name === 'sample' && state === 'open')?.proposal;
  return z.object({ 'dollars in all': z.number() }).safeParse(proposal).data?.['dollars in all'];
}
