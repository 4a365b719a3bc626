import { setHandler } from '@temporalio/workflow';

import { FailureType, failure } from '../../common/failures';
import { viewLedger } from '../../common/ledger';
import {
  batchAnsweredSignal,
  blackboardQuery,
  changeLaneSignal,
  ledgerQuery,
  pauseSignal,
  pauseUpdate,
  progressQuery,
  raiseBudgetUpdate,
  resumeSignal,
  resumeUpdate,
  reviewUpdate,
  tellEndSignal,
  type Limits,
} from '../../common/messages';
import { fromUsd, toUsd } from '../../common/money';
import type { ReviewCommand } from '../../common/review';
import { answerReview } from './gates';
import { distribute } from './grants';
import { checkReview } from './review-state';
import { blackboardOf, runProgress, type Run } from './run';
import { steer } from './steering';

/** Registers what every run answers to. Called before the first await, so that nothing sent early is lost. */
export function registerHandlers(run: Run): void {
  setHandler(progressQuery, () => runProgress(run), { description: 'State of every step, cost so far, what is degraded' });
  setHandler(ledgerQuery, () => viewLedger(run.ledger), { description: 'Tokens and cost by agent and model' });
  setHandler(blackboardQuery, () => blackboardOf(run), { description: 'What each agent has produced so far' });

  const setPaused = (paused: boolean) =>
    steer(run, () => {
      run.paused = paused;
      return { status: runProgress(run).status };
    });
  setHandler(pauseUpdate, () => setPaused(true), { description: 'Let open calls finish and start none' });
  setHandler(resumeUpdate, () => setPaused(false), { description: 'Go on after a pause' });
  setHandler(batchAnsweredSignal, (tickets) => void steer(run, () => tickets.forEach((ticket) => run.answeredTickets.add(ticket))), {
    description: 'Answers of a Message Batch are in the journal',
  });
  setHandler(pauseSignal, () => void setPaused(true), { description: 'Let open calls finish and start none' });
  setHandler(resumeSignal, () => void setPaused(false), { description: 'Go on after a pause' });
  setHandler(changeLaneSignal, (lane) => void steer(run, () => (run.laneChange = { lane })), {
    description: 'Take another lane from now on',
  });
  setHandler(tellEndSignal, () => void steer(run, () => (run.tellsEnd = true)), { description: 'Tell the job when this row ends' });
  setHandler(raiseBudgetUpdate, (limits: Limits) => steer(run, () => raiseBudget(run, limits)), {
    description: 'Raise the budget: { budgetUsd?, budgetTokens? }',
    validator: (limits: Limits) => checkRaise(run, limits),
  });
  setHandler(reviewUpdate, (command: ReviewCommand) => answerReview(run, command), {
    description: 'Answer an open gate: { gate, decision: approve | edit | reject, value?, reason?, by? }',
    validator: (command: ReviewCommand) => checkReview(run.gates, command),
  });
}

function raiseBudget(run: Run, { budgetUsd, budgetTokens }: Limits): Limits {
  const { limit } = run.budget;
  const pico = budgetUsd === undefined ? limit.pico : fromUsd(budgetUsd);
  const tokens = budgetTokens ?? limit.tokens;
  run.budget = { ...run.budget, limit: { pico, tokens } };
  distribute(run);
  return { ...(pico === null ? {} : { budgetUsd: toUsd(pico) }), ...(tokens === null ? {} : { budgetTokens: tokens }) };
}

function checkRaise(run: Run, { budgetUsd, budgetTokens }: Limits): void {
  const { pico, tokens } = run.budget.limit;
  if (run.opened === null) throw refuse('the run is still opening', 'try again in a moment');
  if (budgetUsd === undefined && budgetTokens === undefined) throw refuse('no new limit is given', 'give budgetUsd or budgetTokens');
  checkLimit('budgetUsd', budgetUsd, pico === null ? null : toUsd(pico));
  checkLimit('budgetTokens', budgetTokens, tokens);
}

function checkLimit(name: string, raised: number | undefined, known: number | null): void {
  if (raised === undefined) return;
  if (!(typeof raised === 'number' && raised > 0)) throw refuse(`${name} must be a number above 0`, 'correct it');
  if (known === null) throw refuse(`the run has no ${name}`, 'a run without a cap needs no raise');
  if (raised < known) throw refuse(`${name} is ${known} and ${raised} is less`, 'a budget can only be raised');
}

function refuse(why: string, cure: string): Error {
  return failure({ type: FailureType.InvalidInput, message: `Cannot raise the budget: ${why}; ${cure}` });
}
