import { elapsed } from '../../common/duration';
import type { JobHold, JobProgress } from '../../common/job';
import { formatUsd, fromUsd } from '../../common/money';
import type { OpenReview } from '../../common/review';
import type { RunProgress, StepProgress } from '../../common/run';

const SHOWN_STEPS = 25;

/** What the Web UI shows of a run in its "Current Details": a glance at all of it, and the commands for what waits for somebody. */
export function detailsText(progress: RunProgress, workflowId: string): string {
  const { job, reviews = [] } = progress;
  const steps = progress.steps.slice(-SHOWN_STEPS);
  const hidden = progress.steps.length - steps.length;
  const cap = progress.budgetUsd === null ? '' : ` of ${usd(progress.budgetUsd)}`;
  const text = [
    `**${progress.status}**${progress.stage === null ? '' : ` · stage ${progress.stage}`} · ${usd(progress.costUsd)}${cap}` +
      (job?.lane === undefined || job.lane === 'interactive' ? '' : ` · ${job.lane} lane`) +
      (progress.simulated ? ' · simulated Claude' : ''),
    '',
    ...(job === undefined ? [] : jobLines(job, workflowId)),
    ...(steps.length === 0 ? [] : [row('step', 'state', 'model', 'in', 'out', 'cost'), '|---|---|---|--:|--:|--:|', ...steps.map(stepRow)]),
    ...(hidden > 0 ? [`\n${hidden} earlier steps not shown`] : []),
    ...progress.degraded.map(({ step, reason, instead }) => `\nDegraded: **${step}**: ${reason}; instead: ${instead}`),
    // Of a job a gate proposes its sample, which is a table for a page of its own.
    ...reviews.map((review) => reviewLine(job === undefined ? review : { ...review, preview: '' })),
    ...(reviews.length === 0 ? [] : [`\nLook and answer: ${command(`review ${workflowId}`)}`]),
  ].join('\n');
  // The Web UI takes what stands between two dollar signs for a formula.
  return text.replaceAll('$', '\\$');
}

const usd = (amount: number): string => formatUsd(fromUsd(amount));

const command = (words: string): string => `\`npx troupe ${words}\``;

function jobLines(job: JobProgress, workflowId: string): string[] {
  const {
    rows,
    done,
    before,
    failed,
    running,
    waiting,
    rowUsd,
    expectedUsd,
    remainingMs,
    hold,
    persons = 0,
    toReview = [],
    inBatch = 0,
  } = job;
  const known = (amount: number | null): string => (amount === null ? '–' : usd(amount));
  return [
    ...(hold === null ? [] : [`**On hold:** ${hold.message}`, '', `Raise it: ${command(`raise ${workflowId} ${flagsOf(hold)}`)}`, '']),
    ...(persons === 0
      ? []
      : [`**${rowsText(persons, 'waits', 'wait')} for a person:**`, ...toReview.map((id) => `- ${command(`review ${id}`)}`), '']),
    ...(inBatch === 0 ? [] : [`**${rowsText(inBatch, 'goes', 'go')}** on when a batch that was sent before has ended`, '']),
    row('rows', 'done', 'failed', 'running', 'waiting', 'a row', 'all of them', 'time left'),
    '|--:|--:|--:|--:|--:|--:|--:|--:|',
    row(
      ...[rows, done + before, failed, running, waiting].map(String),
      known(rowUsd),
      known(expectedUsd),
      remainingMs === null ? '–' : elapsed(remainingMs),
    ),
  ];
}

const rowsText = (count: number, one: string, more: string): string => (count === 1 ? `1 row ${one}` : `${count} rows ${more}`);

/** The budget with which it would finish; a worker of an older release does not tell. */
function flagsOf({ enough: { budgetUsd, budgetTokens } = {} }: JobHold): string {
  if (budgetUsd === undefined && budgetTokens === undefined) return '--budget-usd N';
  return [
    ...(budgetUsd === undefined ? [] : [`--budget-usd ${budgetUsd}`]),
    ...(budgetTokens === undefined ? [] : [`--budget-tokens ${budgetTokens}`]),
  ].join(' ');
}

function stepRow({ step, state, model, inputTokens, outputTokens, costUsd }: StepProgress): string {
  return row(step, state, model ?? '', String(inputTokens), String(outputTokens), usd(costUsd));
}

function reviewLine({ name, title, preview, deadlineAt, onDeadline, remindedAt }: OpenReview): string {
  const due = deadlineAt === null ? '' : `; at ${new Date(deadlineAt).toISOString()} without an answer: ${onDeadline}`;
  const reminder = remindedAt === null ? '' : '**Reminder.** ';
  const proposal = preview === '' ? '' : `\n\n> ${preview.replaceAll('\n', '\n> ')}`;
  return `\n${reminder}Waits for a person: **${name}**: ${title}${due}${proposal}`;
}

/** The Web UI sets table cells without any space between them. */
const row = (...cells: readonly string[]): string => `|${cells.map((cell) => ` \u00a0${cell}\u00a0 `).join('|')}|`;
