import { setCurrentDetails, workflowMetadataQuery, type WorkflowInternalsInterceptor } from '@temporalio/workflow';

import { shortDuration } from '../../common/duration';
import type { JobProgress } from '../../common/job';
import { formatUsd, fromUsd } from '../../common/money';
import type { OpenReview } from '../../common/review';
import type { StepProgress } from '../../common/run';
import { runHere, runProgress, type Run } from './run';

const SHOWN_STEPS = 25;
const METADATA_QUERY = workflowMetadataQuery.name;

/**
 * Keeps the run's state as Markdown in the "Current Details" of the Web UI. Written when somebody looks, which is a query that the
 * SDK answers without asking other interceptors: a run that nobody watches pays nothing for it. Not in history, so it costs no event.
 */
export function detailsOnDemand(): WorkflowInternalsInterceptor {
  return {
    activate(input, next) {
      const run = runHere();
      if (run !== undefined && input.activation.jobs?.some(({ queryWorkflow }) => queryWorkflow?.queryType === METADATA_QUERY) === true)
        setCurrentDetails(detailsOf(run));
      next(input);
    },
  };
}

function detailsOf(run: Run): string {
  const progress = runProgress(run);
  const steps = progress.steps.slice(-SHOWN_STEPS);
  const hidden = progress.steps.length - steps.length;
  const cap = progress.budgetUsd === null ? '' : ` of ${formatUsd(fromUsd(progress.budgetUsd))}`;
  return [
    `**${progress.status}**${progress.stage === null ? '' : ` · stage ${progress.stage}`} · ${formatUsd(fromUsd(progress.costUsd))}${cap}` +
      (progress.simulated ? ' · simulated Claude' : ''),
    '',
    ...(progress.job === undefined ? [] : jobLines(progress.job)),
    ...(steps.length === 0 ? [] : [row('step', 'state', 'model', 'in', 'out', 'cost'), '|---|---|---|--:|--:|--:|', ...steps.map(stepRow)]),
    ...(hidden > 0 ? [`\n${hidden} earlier steps not shown`] : []),
    ...progress.degraded.map(({ step, reason, instead }) => `\nDegraded: **${step}**: ${reason}; instead: ${instead}`),
    ...(progress.reviews ?? []).map(reviewLine),
  ].join('\n');
}

function jobLines(job: JobProgress): string[] {
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
  const usd = (amount: number | null): string => (amount === null ? 'not known yet' : formatUsd(fromUsd(amount)));
  return [
    ...(hold === null ? [] : [`**On hold:** ${hold.message}`, '']),
    ...(persons === 0 ? [] : [`**${persons} rows wait for a person:** ${toReview.join(', ')}${persons > toReview.length ? ' …' : ''}`, '']),
    ...(inBatch === 0 ? [] : [`**${inBatch} rows** go on when a batch that was sent before has ended`, '']),
    row('rows', 'done', 'failed', 'running', 'waiting', 'a row', 'all of them', 'time left'),
    '|--:|--:|--:|--:|--:|--:|--:|--:|',
    row(
      ...[rows, done + before, failed, running, waiting].map(String),
      usd(rowUsd),
      usd(expectedUsd),
      remainingMs === null ? 'not known yet' : shortDuration(remainingMs),
    ),
  ];
}

function stepRow({ step, state, model, inputTokens, outputTokens, costUsd }: StepProgress): string {
  return row(step, state, model ?? '', String(inputTokens), String(outputTokens), formatUsd(fromUsd(costUsd)));
}

function reviewLine({ name, title, preview, deadlineAt, onDeadline, remindedAt }: OpenReview): string {
  const due = deadlineAt === null ? '' : `; at ${new Date(deadlineAt).toISOString()} without an answer: ${onDeadline}`;
  const reminder = remindedAt === null ? '' : '**Reminder.** ';
  return `\n${reminder}Waits for a person: **${name}**: ${title}${due}\n\n> ${preview.replaceAll('\n', '\n> ')}`;
}

/** The Web UI sets table cells without any space between them. */
const row = (...cells: readonly string[]): string => `|${cells.map((cell) => ` \u00a0${cell}\u00a0 `).join('|')}|`;
