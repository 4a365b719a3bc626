import { totalOf, type CallSpend, type Ledger } from '../../common/ledger';

/** An amount in the two currencies of a budget. */
export interface Amount {
  readonly pico: number;
  readonly tokens: number;
}

/**
 * Arithmetic of a cap. Every open call holds a grant, cumulative over its attempts and turns; what is closed is spent.
 * The invariant: spent + open grants <= limit, so no interleaving of calls can cost more than the limit.
 */
export interface Budget {
  readonly limit: { readonly pico: number | null; readonly tokens: number | null };
  readonly spent: Amount;
  readonly granted: ReadonlyMap<string, Amount>;
}

export function openBudget(limit: Budget['limit']): Budget {
  return { limit, spent: { pico: 0, tokens: 0 }, granted: new Map() };
}

export function isCapped(budget: Budget): boolean {
  return budget.limit.pico !== null || budget.limit.tokens !== null;
}

/** What no call holds or has used; infinite without a cap. `step`'s own grant counts as free to it. */
export function leftFor(budget: Budget, step: string): Amount {
  let pico = budget.spent.pico;
  let tokens = budget.spent.tokens;
  for (const [holder, grant] of budget.granted) {
    if (holder === step) continue;
    pico += grant.pico;
    tokens += grant.tokens;
  }
  return {
    pico: budget.limit.pico === null ? Infinity : budget.limit.pico - pico,
    tokens: budget.limit.tokens === null ? Infinity : budget.limit.tokens - tokens,
  };
}

export function covers(left: Amount, needs: Amount): boolean {
  return left.pico >= needs.pico && left.tokens >= needs.tokens;
}

/** Gives `step` a grant in place of the one it had. */
export function grant(budget: Budget, step: string, amount: Amount): Budget {
  return { ...budget, granted: new Map(budget.granted).set(step, amount) };
}

/** Closes `step`: its grant is given back and what it cost, settled and uncertain, is spent. */
export function settle(budget: Budget, step: string, spend: CallSpend | Ledger): Budget {
  const granted = new Map(budget.granted);
  granted.delete(step);
  const total = totalOf(spend);
  return { ...budget, granted, spent: { pico: budget.spent.pico + total.pico, tokens: budget.spent.tokens + total.tokens } };
}
