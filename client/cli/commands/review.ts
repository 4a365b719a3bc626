import { userInfo } from 'node:os';
import { readFile } from 'node:fs/promises';

import type { OpenReview, Review, ReviewCommand } from '../../../common/review';
import type { RunHandle } from '../../run-handle';
import type { WatchedRun } from '../../watch-run';
import { TroupeError } from '../../../common/troupe-error';
import { ExitCode } from '../exit-codes';
import { out, print, printJson, say } from '../output';
import { writeJobPage } from '../job-page/write-job-page';
import { readJson } from '../read-input';
import { rowsToReview } from '../render-progress';
import { renderSample } from '../render-sample';
import { renderValue } from '../render-value';
import { rowsCommand } from '../say-output';
import { withSession, type Ending } from '../session';
import { dueOf, howToAnswer } from '../waiting';
import { wrapText } from '../wrap-text';
import { checkOut } from '../write-result';

export interface ReviewFlags {
  readonly gate?: string;
  readonly approve?: true;
  readonly reject?: string;
  readonly edit?: string;
  readonly by?: string;
  /** Writes the rows of a job as a page. */
  readonly html?: string;
  readonly json?: true;
}

type Decision = Pick<ReviewCommand, 'decision' | 'reason'>;

const invalid = (message: string): TroupeError => new TroupeError('invalid-input', message);

/** What the flags decide; undefined when they only ask to see. Wrong ones are refused before anything is started. */
function decisionOf({ approve, reject, edit, by, html }: ReviewFlags): Decision | undefined {
  const given = [
    ...(approve === undefined ? [] : [{ decision: 'approve' } as const]),
    ...(reject === undefined ? [] : [{ decision: 'reject', reason: reject } as const]),
    ...(edit === undefined ? [] : [{ decision: 'edit' } as const]),
  ];
  if (given.length > 1)
    throw invalid('Cannot answer the review: more than one decision is given; choose one of --approve, --reject, --edit');
  if (html !== undefined && given.length > 0)
    throw invalid('Cannot answer the review: --html only shows what is to be decided; leave it out, or the decision');
  if (reject?.trim() === '') throw invalid('Cannot answer the review: a rejection needs a reason; write it after --reject');
  if (by?.trim() === '') throw invalid('Cannot answer the review: the name after --by is empty; write one or leave it out');
  return given[0];
}

/** An edited text may come as it is; anything else comes as JSON. */
async function editedValue(file: string, { proposal }: Review): Promise<unknown> {
  if (typeof proposal !== 'string') return readJson(file);
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks).toString('utf8');
  }
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw invalid(`Cannot read "${file}": ${error instanceof Error ? error.message : String(error)}; check the path`);
  });
}

function chooseGate(id: string, open: readonly Review[], name: string | undefined): Review {
  const known = open.map((review) => `"${review.name}"`).join(', ');
  if (open.length === 0) throw invalid(`Cannot answer the review: no gate of "${id}" is open; see "npx troupe status ${id}"`);
  if (name === undefined && open.length > 1) throw invalid(`Cannot answer the review: several gates are open: ${known}; add --gate`);
  const found = open.find((review) => name === undefined || review.name === name);
  if (found === undefined) throw invalid(`Cannot answer the review: "${id}" has no open gate "${name}"; open: ${known}`);
  return found;
}

function localUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined; // a container may have no name for its user
  }
}

async function answer(run: RunHandle, decided: Decision, flags: ReviewFlags): Promise<Ending> {
  const reviews = await run.reviews();
  const open = reviews.filter(({ state }) => state === 'open');
  // A gate answered meanwhile is for the run itself to speak of: it knows by whom.
  const named = reviews.find(({ name, state }) => name === flags.gate && state !== 'open');
  const gate = named ?? chooseGate(run.workflowId, open, flags.gate);
  const value = flags.edit === undefined ? undefined : await editedValue(flags.edit, gate);
  const by = flags.by ?? localUser();
  const record = await run.review({ gate: gate.name, ...decided, ...(value !== undefined && { value }), ...(by !== undefined && { by }) });
  if (flags.json === true) printJson({ workflowId: run.workflowId, runId: run.runId, review: record });
  const done = { approve: 'Approved', edit: 'Edited', reject: 'Rejected' }[record.decision];
  const left = open.filter(({ name }) => name !== gate.name).map(({ name }) => `"${name}"`);
  say(
    `${done} "${gate.name}"${left.length === 0 ? '' : `; still open: ${left.join(', ')}`}. Go on with: npx troupe watch ${run.workflowId}`,
  );
  if ((await run.describe()).pipeline === 'batchJob')
    say(`Watching writes no file. Its rows, when it has ended: ${rowsCommand(run.workflowId)}`);
  return { code: ExitCode.done, leave: 'detach' };
}

/** A line of a table that goes into a file or a pipe. */
const PIPE_WIDTH = 120;

function textOf(proposal: unknown): string {
  const shown = typeof proposal === 'string' ? proposal : renderValue(proposal, 3);
  return out.isTerminal ? wrapText(shown, Math.min(out.width(), 100)) : shown;
}

function renderReview(review: Review): string {
  const { bold } = out.colors;
  const text =
    renderSample(review.proposal, { within: out.isTerminal ? out.width() : PIPE_WIDTH, colors: out.colors }) ?? textOf(review.proposal);
  return `${bold(`# ${review.name}: ${review.title}`)}\n\n${text}\n`;
}

async function show(run: RunHandle, flags: ReviewFlags): Promise<Ending> {
  const { closedAt, status, pipeline } = await run.describe();
  const all = closedAt === null ? await run.reviews() : [];
  const open = all.filter(({ state, name }) => state === 'open' && (flags.gate === undefined || name === flags.gate));
  if (flags.json === true) printJson({ workflowId: run.workflowId, runId: run.runId, status, reviews: open });
  if (open.length === 0) {
    const rows = closedAt === null ? rowsToReview((await run.progress()).job) : [];
    if (rows.length > 0) {
      for (const line of rows) say(line);
      return { code: ExitCode.waiting };
    }
    const why = closedAt !== null ? `it is ${status}` : flags.gate === undefined ? 'no gate is open' : `no gate "${flags.gate}" is open`;
    say(`Nothing of "${run.workflowId}" waits for a person: ${why}`);
    return { code: ExitCode.done, leave: 'as-found' };
  }
  if (flags.json !== true) for (const review of open) print(renderReview(review));
  sayDue({ workflowId: run.workflowId, pipeline }, open);
  return { code: ExitCode.waiting };
}

function sayDue(of: Pick<WatchedRun, 'workflowId' | 'pipeline'>, open: readonly OpenReview[]): void {
  const now = Date.now();
  for (const review of open) say(`${review.name}: ${dueOf(review, now)}${review.remindedAt === null ? '' : '; it has reminded'}`);
  say(howToAnswer(of, open));
}

/** `troupe review`: shows the open gates of a run, or answers one. */
export async function review(id: string, flags: ReviewFlags): Promise<number> {
  const decided = decisionOf(flags);
  if (flags.html !== undefined) await checkOut(flags.html, '--html');
  return withSession(
    async (session) => {
      const run = await session.troupe.handle(id);
      if (flags.html !== undefined) return writeJobPage(session, run, { ...flags, html: flags.html });
      return decided === undefined ? show(run, flags) : answer(run, decided, flags);
    },
    { looksAt: id },
  );
}
