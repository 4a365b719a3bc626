import type { JobHold } from '../../common/job';
import { totalOf } from '../../common/ledger';
import { formatUsd, PICO_PER_USD, toUsd } from '../../common/money';
import { leftFor } from '../run/budget';
import type { Job } from './job-state';
import { viewJob } from './view';

/** Why no further row can start, and with which budget all of them could. */
export function holdOf(job: Job): JobHold {
  const { run, rowNeed } = job;
  const { waiting, rows, rowUsd } = viewJob(job);
  const left = leftFor(run.budget, '');
  const { pico } = run.budget.limit;
  const lacksMoney = pico !== null && (left.pico < rowNeed.pico || left.pico <= 0);
  const cap = lacksMoney ? formatUsd(pico) : `${run.budget.limit.tokens ?? 0} tokens`;
  const short = lacksMoney
    ? `${formatUsd(Math.max(0, left.pico))} is left and a row may need up to ${formatUsd(rowNeed.pico)}`
    : `${Math.max(0, left.tokens)} tokens are left and a row may need up to ${rowNeed.tokens}`;
  const buys =
    rowUsd === null
      ? ''
      : `; the other ${waiting} of ${rows} rows would cost about ${formatUsd(Math.round(rowUsd * PICO_PER_USD * waiting))} more`;
  const message = `the budget of ${cap} does not cover another row: ${short}${buys}; raise it and the job goes on`;
  return { kind: 'budget', message, enough: enoughFor(job, waiting) };
}

/** A budget is raised to a figure that a person would type. */
const CENT = PICO_PER_USD / 100;
const TOKENS = 1_000;

/** What is spent, what the other rows will cost as those before did, and on top what the last of them needs to start. */
function enoughFor({ run, rowNeed, done, failed }: Job, waiting: number): NonNullable<JobHold['enough']> {
  const { limit, spent } = run.budget;
  const ended = done + failed;
  const settled = totalOf(run.ledger);
  const reach = (of: 'pico' | 'tokens', unit: number): number => {
    const row = ended === 0 ? rowNeed[of] : settled[of] / ended;
    return Math.ceil((spent[of] + row * (waiting - 1) + Math.max(row, rowNeed[of])) / unit) * unit;
  };
  const [pico, tokens] = [reach('pico', CENT), reach('tokens', TOKENS)];
  // Of two caps one may do: a budget can only be raised.
  return {
    ...(limit.pico !== null && pico > limit.pico && { budgetUsd: toUsd(pico) }),
    ...(limit.tokens !== null && tokens > limit.tokens && { budgetTokens: tokens }),
  };
}
