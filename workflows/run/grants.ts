import { condition } from '@temporalio/workflow';

import type { CallContext } from '../../common/call';
import { FailureType, failure } from '../../common/failures';
import { settledPico, settledTokens, type CallSpend } from '../../common/ledger';
import { formatUsd } from '../../common/money';
import { worstCaseOf } from '../../common/pricing';
import { covers, grant, isCapped, leftFor, type Amount } from './budget';
import type { Call } from './call';
import { openedRun, type Run } from './run';

/** Bytes of system prompt and schema that a first grant allows for beside the input itself. */
const PROMPT_ALLOWANCE = 12_000;
/** Tokens of thinking that a first grant allows for beside the visible answer. */
const THINKING_ALLOWANCE = 4_096;

type Grant = Pick<CallContext, 'grantPico' | 'grantTokens'>;

/**
 * The grant that a call starts with: a generous guess of its worst case, or all that is left if that is less. The activity
 * knows the true worst case of the rendered request and asks for more when the guess was short.
 */
export function firstGrant({ run, step, limits, input, turn }: Call): Grant {
  if (!isCapped(run.budget)) return {};
  const inputBytes = (turn?.promptBytes ?? JSON.stringify(input).length * 2) + PROMPT_ALLOWANCE;
  const maxTokens = limits.maxTokens + THINKING_ALLOWANCE;
  const rates = openedRun(run).rateCard[limits.tier]?.rates;
  const guess: Amount = {
    pico: rates == null ? 0 : worstCaseOf({ inputBytes, maxTokens, cacheWrites: true }, rates),
    tokens: inputBytes + maxTokens,
  };
  const left = leftFor(run.budget, step);
  return give(run, step, { pico: Math.max(0, Math.min(guess.pico, left.pico)), tokens: Math.max(0, Math.min(guess.tokens, left.tokens)) });
}

/**
 * Raises the grant of a call to what it needs, waiting for siblings to give back what they do not use.
 * @throws BudgetReached when nothing that is still open could make room for it
 */
export async function grantFor(call: Call, needs: Amount, spend: CallSpend): Promise<Grant> {
  const { run, step } = call;
  for (;;) {
    if (covers(leftFor(run.budget, step), needs)) return give(run, step, needs);
    shrink(run, step, spend);
    const others = [...run.budget.granted.keys()].some((holder) => holder !== step && run.steps.get(holder)?.state === 'running');
    if (!others) throw budgetReached(call, needs, spend);
    const seen = run.settlements;
    await condition(() => run.settlements !== seen);
  }
}

function give(run: Run, step: string, amount: Amount): Grant {
  run.budget = grant(run.budget, step, amount);
  return {
    ...(run.budget.limit.pico === null ? {} : { grantPico: amount.pico }),
    ...(run.budget.limit.tokens === null ? {} : { grantTokens: amount.tokens }),
  };
}

/** Gives back all that the call has not spent; wakes waiting siblings when that made room. */
function shrink(run: Run, step: string, spend: CallSpend): void {
  const held = run.budget.granted.get(step);
  const spent = { pico: settledPico(spend) + spend.uncertainPico, tokens: settledTokens(spend) + spend.uncertainTokens };
  give(run, step, spent);
  if (held !== undefined && (held.pico > spent.pico || held.tokens > spent.tokens)) run.settlements++;
}

function budgetReached({ run, step }: Call, needs: Amount, spend: CallSpend): Error {
  const { limit } = run.budget;
  const left = leftFor(run.budget, step);
  const caps = [
    ...(limit.pico !== null && left.pico < needs.pico
      ? [`it may cost ${formatUsd(needs.pico)} and ${formatUsd(Math.max(0, left.pico))} of ${formatUsd(limit.pico)} is left`]
      : []),
    ...(limit.tokens !== null && left.tokens < needs.tokens
      ? [`it may use ${needs.tokens} tokens and ${Math.max(0, left.tokens)} of ${limit.tokens} are left`]
      : []),
  ];
  return failure({
    type: FailureType.BudgetReached,
    message: `Cannot call "${step}" within the budget: ${caps.join(', ')}; start again with a higher budget`,
    details: { spend },
  });
}
