import { setCurrentDetails } from '@temporalio/workflow';

import type { StepProgress } from '../../common/run';
import { runProgress, type Run } from './run';

const SHOWN_STEPS = 25;

/** Writes the run's state as Markdown for the "Current Details" of the Web UI. Not in history, so it costs no event. */
export function describeStatus(run: Run): void {
  const progress = runProgress(run);
  const steps = progress.steps.slice(-SHOWN_STEPS);
  const hidden = progress.steps.length - steps.length;
  const cap = progress.budgetUsd === null ? '' : ` of $${progress.budgetUsd}`;
  setCurrentDetails(
    [
      `**${progress.status}**${progress.stage === null ? '' : ` · stage ${progress.stage}`} · $${progress.costUsd}${cap}` +
        (progress.simulated ? ' · simulated Claude' : ''),
      '',
      '| step | state | model | in | out | USD |',
      '|---|---|---|--:|--:|--:|',
      ...steps.map(row),
      ...(hidden > 0 ? [`\n${hidden} earlier steps not shown`] : []),
      ...progress.degraded.map(({ step, reason, instead }) => `\nDegraded: **${step}**: ${reason}; instead: ${instead}`),
    ].join('\n'),
  );
}

function row({ step, state, model, inputTokens, outputTokens, costUsd }: StepProgress): string {
  return `| ${step} | ${state} | ${model ?? ''} | ${inputTokens} | ${outputTokens} | ${costUsd} |`;
}
