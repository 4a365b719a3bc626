import { CancellationScope } from '@temporalio/workflow';

import type { CallContext } from '../../common/call';
import { FailureType, failure } from '../../common/failures';
import { totalOf, type CallSpend } from '../../common/ledger';
import { formatUsd } from '../../common/money';
import { SERVER_TOOLS_TOKENS, worstCaseOf, worstTokensOf, type RequestSize } from '../../common/pricing';
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
  const { serverTools } = limits;
  const promptBytes = turn?.promptBytes ?? JSON.stringify(input).length * 2 + (serverTools === undefined ? 0 : SERVER_TOOLS_TOKENS);
  const size: RequestSize = {
    inputBytes: promptBytes + PROMPT_ALLOWANCE,
    maxTokens: limits.maxTokens + THINKING_ALLOWANCE,
    cacheWrites: true,
    ...(serverTools !== undefined && { serverTools }),
  };
  const rates = openedRun(run).rateCard[limits.tier]?.rates;
  const guess: Amount = { pico: rates == null ? 0 : worstCaseOf(size, rates), tokens: worstTokensOf(size) };
  const left = leftFor(run.budget, step);
  return give(run, step, { pico: Math.max(0, Math.min(guess.pico, left.pico)), tokens: Math.max(0, Math.min(guess.tokens, left.tokens)) });
}

/** A call that has come back for a larger grant. */
export interface Waiter {
  readonly call: Call;
  readonly needs: Amount;
  readonly spend: CallSpend;
  readonly resolve: (grant: Grant) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Raises the grant of a call to what it needs, waiting for siblings to give back what they do not use.
 * @throws BudgetReached when nothing that is still open could make room for it
 */
export async function grantFor(call: Call, needs: Amount, spend: CallSpend): Promise<Grant> {
  const { run, step } = call;
  const granted = new Promise<Grant>((resolve, reject) => {
    run.waiters.set(step, { call, needs, spend, resolve, reject });
  });
  // What it will not use must not keep its siblings waiting.
  give(run, step, totalOf(spend));
  distribute(run);
  try {
    return await Promise.race([granted, CancellationScope.current().cancelRequested]);
  } finally {
    run.waiters.delete(step);
  }
}

/**
 * Grants what fits to those who wait, first claimed first served. The order must not depend on who began to wait when: a
 * replay may see two results and an update at once that came one after the other.
 */
export function distribute(run: Run): void {
  const waiting = [...run.steps.keys()].flatMap((step) => run.waiters.get(step) ?? []);
  for (const waiter of waiting) {
    const { step } = waiter.call;
    if (!covers(leftFor(run.budget, step), waiter.needs)) continue;
    run.waiters.delete(step);
    waiter.resolve(give(run, step, waiter.needs));
  }
  const first = waiting.find(({ call }) => run.waiters.has(call.step));
  const canMakeRoom = [...run.budget.granted.keys()].some((holder) => !run.waiters.has(holder));
  if (first === undefined || canMakeRoom) return;
  run.waiters.delete(first.call.step);
  first.reject(budgetReached(first.call, first.needs, first.spend));
}

function give(run: Run, step: string, amount: Amount): Grant {
  run.budget = grant(run.budget, step, amount);
  return {
    ...(run.budget.limit.pico === null ? {} : { grantPico: amount.pico }),
    ...(run.budget.limit.tokens === null ? {} : { grantTokens: amount.tokens }),
  };
}

function budgetReached({ run, step }: Call, needs: Amount, spend: CallSpend): Error {
  const { limit } = run.budget;
  const left = leftFor(run.budget, step);
  const isShort = { usd: limit.pico !== null && left.pico < needs.pico, tokens: limit.tokens !== null && left.tokens < needs.tokens };
  const caps = [
    ...(isShort.usd && limit.pico !== null
      ? [`it may cost ${formatUsd(needs.pico)} and ${formatUsd(Math.max(0, left.pico))} of ${formatUsd(limit.pico)} is left`]
      : []),
    ...(isShort.tokens && limit.tokens !== null
      ? [`it may use ${needs.tokens} tokens and ${Math.max(0, left.tokens)} of ${limit.tokens} are left`]
      : []),
  ];
  return failure({
    type: FailureType.BudgetReached,
    message: `Cannot call "${step}" within the budget: ${caps.join(', ')}; start again with a higher budget and --reuse, and nothing is paid twice`,
    details: { spend, short: (['usd', 'tokens'] as const).filter((currency) => isShort[currency]) },
  });
}
