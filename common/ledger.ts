import { fromUsd, toUsd, type PicoUsd } from './money';
import { addUsage, NO_USAGE, totalTokens, type TokenUsage } from './pricing';

/** Answers of one model within one call, as charged. */
export interface SettledSpend {
  readonly model: string;
  readonly requests: number;
  readonly usage: TokenUsage;
  readonly costPico: PicoUsd;
}

/**
 * Everything a call has cost so far, all attempts and turns together (never a difference to an earlier report).
 * `settled` are the answers in the journal; `uncertain` is the worst case of requests that were sent and never answered.
 */
export interface CallSpend {
  readonly settled: readonly SettledSpend[];
  readonly uncertainPico: PicoUsd;
  readonly uncertainTokens: number;
  readonly uncertainRequests: number;
}

export const NO_SPEND: CallSpend = { settled: [], uncertainPico: 0, uncertainTokens: 0, uncertainRequests: 0 };

/** One line of the ledger: what an agent spent on a model. */
export interface LedgerLine {
  readonly agent: string;
  readonly model: string;
  readonly requests: number;
  readonly usage: TokenUsage;
  readonly costPico: PicoUsd;
}

/** The money side of a run. The bill lies in [settled, settled + uncertain]. */
export interface Ledger {
  readonly lines: readonly LedgerLine[];
  readonly uncertainPico: PicoUsd;
  readonly uncertainTokens: number;
  readonly uncertainRequests: number;
}

export const EMPTY_LEDGER: Ledger = { lines: [], uncertainPico: 0, uncertainTokens: 0, uncertainRequests: 0 };

/** Adds what a call of `agent` spent to a ledger; returns a new ledger. */
export function addSpend(ledger: Ledger, agent: string, spend: CallSpend): Ledger {
  return addLedger(ledger, {
    lines: spend.settled.map((settled) => ({ agent, ...settled })),
    uncertainPico: spend.uncertainPico,
    uncertainTokens: spend.uncertainTokens,
    uncertainRequests: spend.uncertainRequests,
  });
}

/** Adds a child's ledger, line by line. */
export function addLedger(ledger: Ledger, other: Ledger): Ledger {
  const lines = [...ledger.lines];
  for (const line of other.lines) {
    const at = lines.findIndex((known) => known.agent === line.agent && known.model === line.model);
    const known = lines[at];
    if (known === undefined) lines.push(line);
    else
      lines[at] = {
        ...known,
        requests: known.requests + line.requests,
        usage: addUsage(known.usage, line.usage),
        costPico: known.costPico + line.costPico,
      };
  }
  return {
    lines,
    uncertainPico: ledger.uncertainPico + other.uncertainPico,
    uncertainTokens: ledger.uncertainTokens + other.uncertainTokens,
    uncertainRequests: ledger.uncertainRequests + other.uncertainRequests,
  };
}

export function settledPico(spent: { readonly lines?: readonly LedgerLine[]; readonly settled?: readonly SettledSpend[] }): PicoUsd {
  return (spent.lines ?? spent.settled ?? []).reduce((sum, line) => sum + line.costPico, 0);
}

export function settledTokens(spent: { readonly lines?: readonly LedgerLine[]; readonly settled?: readonly SettledSpend[] }): number {
  return (spent.lines ?? spent.settled ?? []).reduce((sum, line) => sum + totalTokens(line.usage), 0);
}

/** Both currencies of a budget. */
export interface SpentTotal {
  readonly pico: PicoUsd;
  readonly tokens: number;
}

/** All that a call or a run may have been charged: settled and uncertain together. */
export function totalOf(spent: CallSpend | Ledger): SpentTotal {
  return { pico: settledPico(spent) + spent.uncertainPico, tokens: settledTokens(spent) + spent.uncertainTokens };
}

/** What the `ledger` query and the result show: dollars and Claude's own usage fields. */
export interface LedgerView {
  /** Answered requests at list price. */
  readonly costUsd: number;
  /** Worst case of requests whose outcome is unknown; 0 when nothing was cut off. */
  readonly uncertainUsd: number;
  /** Tokens and number of those requests; absent when there are none. */
  readonly uncertainTokens?: number;
  readonly uncertainRequests?: number;
  readonly requests: number;
  readonly usage: TokenUsage;
  readonly byAgent: ReadonlyArray<{ agent: string; model: string; requests: number; usage: TokenUsage; costUsd: number }>;
}

export function viewLedger(ledger: Ledger): LedgerView {
  return {
    costUsd: toUsd(settledPico(ledger)),
    uncertainUsd: toUsd(ledger.uncertainPico),
    ...(ledger.uncertainRequests > 0 && { uncertainTokens: ledger.uncertainTokens, uncertainRequests: ledger.uncertainRequests }),
    requests: ledger.lines.reduce((sum, line) => sum + line.requests, 0),
    usage: ledger.lines.reduce((sum, line) => addUsage(sum, line.usage), NO_USAGE),
    byAgent: ledger.lines.map(({ agent, model, requests, usage, costPico }) => ({
      agent,
      model,
      requests,
      usage,
      costUsd: toUsd(costPico),
    })),
  };
}

/** The ledger behind a view: its dollars are exact. */
export function ledgerOf({ byAgent, uncertainUsd, uncertainTokens = 0, uncertainRequests = 0 }: LedgerView): Ledger {
  const lines = byAgent.map(({ costUsd, ...line }) => ({ ...line, costPico: fromUsd(costUsd) }));
  return { lines, uncertainPico: fromUsd(uncertainUsd), uncertainTokens, uncertainRequests };
}
