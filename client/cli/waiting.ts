import type { OpenReview } from '../../common/review';
import type { RunHandle } from '../run-handle';
import type { WatchedRun } from '../watch-run';
import { elapsed } from '../../common/duration';
import { err, printJson, say } from './output';
import type { RunReport } from './run-report';
import { shellWord } from './shell-word';
import { wrapText } from './wrap-text';

/** A gate that decides by itself sooner than this is waited for. */
const SOON_MS = 10_000;

/** Whether a run can only go on when a person answers. */
export function waitsForPerson({ status, closed, reviews = [] }: WatchedRun): boolean {
  if (closed || status !== 'waiting') return false;
  return reviews.every(({ deadlineAt }) => deadlineAt === null || deadlineAt - Date.now() > SOON_MS);
}

/** What happens when nobody answers, in words. */
export function dueOf({ deadlineAt, onDeadline }: OpenReview, now: number): string {
  if (deadlineAt === null) return 'no deadline';
  const outcome = { approve: 'it counts as approved', edit: 'a stand-in is used', reject: 'it counts as rejected', fail: 'the run fails' };
  return `without an answer in ${elapsed(deadlineAt - now)} ${outcome[onDeadline ?? 'reject']}`;
}

/** The commands that answer a gate; its name is needed when there are several. The sample of a job is long, and cannot be edited. */
export function howToAnswer({ workflowId, pipeline }: Pick<WatchedRun, 'workflowId' | 'pipeline'>, reviews: readonly OpenReview[]): string {
  const [first] = reviews;
  const gate = reviews.length > 1 && first !== undefined ? ` --gate ${shellWord(first.name)}` : '';
  const command = `npx troupe review ${shellWord(workflowId)}`;
  const sample = pipeline === 'batchJob';
  return [
    `Read it with: ${command}${sample ? '   or, in a browser,   --html sample.html' : ''}`,
    `Answer with:  ${command}${gate} --approve   or   --reject "why"${sample ? '' : '   or   --edit FILE'}`,
    `Then:         npx troupe watch ${shellWord(workflowId)}`,
  ].join('\n');
}

/** Why a job is on hold. */
export const holdText = ({ workflowId, job }: WatchedRun): string => `Job "${workflowId}" is on hold: ${job?.hold?.message ?? ''}`;

/** The command with which it would finish by what its rows have cost so far. */
export function howToRaise({ workflowId, job }: WatchedRun): string {
  const { budgetUsd, budgetTokens } = job?.hold?.enough ?? {};
  const flags = [
    ...(budgetUsd === undefined ? [] : [`--budget-usd ${budgetUsd}`]),
    ...(budgetTokens === undefined ? [] : [`--budget-tokens ${budgetTokens}`]),
  ];
  // A worker of an older release does not tell.
  const known = flags.length > 0;
  return `${known ? 'To finish it: ' : 'Raise it with:'} npx troupe raise ${shellWord(workflowId)} ${known ? flags.join(' ') : '--budget-usd N'}`;
}

/** Says that a job has used up its budget and how it goes on; with `--json` as the report of a run that has not ended. */
export async function printHold(run: RunHandle, look: WatchedRun, { json }: { readonly json?: boolean }): Promise<void> {
  if (json === true) await printReport(run, look);
  say(err.colors.yellow(`\n${wrapText(holdText(look), err.width())}`));
  say(`${howToRaise(look)}\nThen:          npx troupe watch ${shellWord(run.workflowId)}`);
}

/** Says that a run waits and how it goes on: with `--json` as the report of a run that has not ended. */
export async function printWaiting(run: RunHandle, look: WatchedRun, { json }: { readonly json?: boolean }): Promise<void> {
  const { workflowId } = run;
  const { reviews = [] } = look;
  if (json === true) await printReport(run, look);
  const now = Date.now();
  say(err.colors.yellow(`\nRun "${workflowId}" waits for a person:`));
  for (const review of reviews) say(`- ${review.name}: ${review.title} (${dueOf(review, now)})`);
  say(howToAnswer(look, reviews));
}

async function printReport(run: RunHandle, { reviews = [], simulated, degraded }: WatchedRun): Promise<void> {
  const { workflowId, runId, url } = run;
  const ledger = await run.ledger();
  const { usage, costUsd } = ledger;
  const report: RunReport = {
    workflowId,
    runId,
    status: 'waiting',
    result: null,
    usage,
    costUsd,
    simulated,
    url,
    ledger,
    degraded,
    reviews,
  };
  printJson(report);
}
