import type { LedgerView } from '../../common/ledger';
import { fromUsd, toUsd } from '../../common/money';
import { addUsage, NO_USAGE, totalTokens } from '../../common/pricing';
import type { BillRecord } from '../../simulator/bill-record';
import { turnKeyOf, type RunJournal, type RunKey } from './run-journal';

/** A line of the bill; `turnKey` where it does not say itself which turn it is of, as items of batches do not. */
export type BilledRequest = BillRecord & { readonly turnKey?: string };

/** Everything that is known of the money of a run that has ended. */
export interface Evidence {
  readonly run: RunKey;
  /** Its children and theirs, whose calls are in its ledger. @default none */
  readonly children?: readonly RunKey[];
  /** What the run says that it cost. */
  readonly ledger: LedgerView;
  /** Of the run and its children together. */
  readonly journal: RunJournal;
  /** The simulator's records of this run and its children, all of them settled. */
  readonly bill: readonly BilledRequest[];
  /**
   * Milliseconds in which a second attempt may ask what a first one, thought dead and still alive, is just writing down.
   * 0 when whoever might have been alive was killed. @default 0
   */
  readonly overlapMs?: number;
}

/** The books of a run, compared. */
export interface Audit {
  readonly workflowId: string;
  readonly settledUsd: number;
  readonly uncertainUsd: number;
  readonly billUsd: number;
  readonly charged: number;
  readonly journaled: number;
  /** Charged requests whose answer nobody has. */
  readonly extra: number;
  /** What is wrong, in words; empty when every book agrees. */
  readonly violations: readonly string[];
}

/** Holds the ledger and the journal of a run against the bill, which is the judge. */
export function auditRun(evidence: Evidence): Audit {
  const { run, ledger, journal } = evidence;
  const charged = evidence.bill.filter((record) => record.charged);
  const known = new Set(journal.answers.map((answer) => answer.requestId));
  const extra = charged.filter((record) => !known.has(record.requestId));
  return {
    workflowId: run.workflowId,
    settledUsd: ledger.costUsd,
    uncertainUsd: ledger.uncertainUsd,
    billUsd: toUsd(sumOf(charged)),
    charged: charged.length,
    journaled: journal.answers.length,
    extra: extra.length,
    violations: [
      ...notPaidOnce(journal, charged),
      ...askedAgain(evidence),
      ...unaccounted(evidence, extra),
      ...outOfBounds(ledger, charged),
      ...notAsJournaled(ledger, journal),
    ],
  };
}

const sumOf = (records: readonly BillRecord[]): number => records.reduce((sum, record) => sum + record.costPico, 0);

/** Each answer in the journal stands on the bill, once, at the price that the journal has. */
function notPaidOnce({ answers }: RunJournal, charged: readonly BillRecord[]): string[] {
  return answers.flatMap(({ requestId, turnKey, costPico }) => {
    const lines = charged.filter((record) => record.requestId === requestId);
    if (lines.length !== 1) return [`answer ${requestId} of ${turnKey} stands on the bill ${lines.length} times`];
    const billed = sumOf(lines);
    return billed === costPico ? [] : [`answer ${requestId} of ${turnKey} is journaled at ${costPico} and billed at ${billed}`];
  });
}

/** Once the answer to a turn is in the journal, nobody asks for it again. */
function askedAgain(evidence: Evidence): string[] {
  const { journal, bill, overlapMs = 0 } = evidence;
  const answeredAt = new Map<string, number>();
  for (const { turnKey, answeredAt: at } of journal.answers) answeredAt.set(turnKey, Math.min(at, answeredAt.get(turnKey) ?? Infinity));
  return bill.flatMap((record) => {
    const at = answeredAt.get(turnOf(evidence, record));
    if (at === undefined || record.at <= at + overlapMs) return [];
    return [
      `${record.step} turn ${record.turn} was asked again ${record.at - at} ms after its answer was known (${record.requestId}, attempt ${record.attempt})`,
    ];
  });
}

/** A charge without an answer needs an intent that is still open: that is what `uncertain` is made of. */
function unaccounted(evidence: Evidence, extra: readonly BilledRequest[]): string[] {
  const { journal } = evidence;
  const turns = new Set(extra.map((record) => turnOf(evidence, record)));
  return [...turns].flatMap((turn) => {
    const charges = extra.filter((record) => turnOf(evidence, record) === turn).length;
    const intents = journal.open.filter((intent) => intent.turnKey === turn).length;
    return charges <= intents ? [] : [`${turn} has ${charges} charges without an answer and ${intents} open intents`];
  });
}

/** settled ≤ bill ≤ settled + uncertain, to the pico-dollar; and to the token when nothing is uncertain. */
function outOfBounds(ledger: LedgerView, charged: readonly BillRecord[]): string[] {
  const [settled, uncertain, bill] = [fromUsd(ledger.costUsd), fromUsd(ledger.uncertainUsd), sumOf(charged)];
  const tokens = totalTokens(charged.reduce((sum, record) => addUsage(sum, record.usage), NO_USAGE));
  const told = totalTokens(ledger.usage);
  return [
    ...(settled <= bill && bill <= settled + uncertain
      ? []
      : [`bill ${bill} is not within ${settled} and ${settled} + ${uncertain} pico-dollars`]),
    ...(uncertain === 0 && tokens !== told ? [`bill has ${tokens} tokens and the ledger ${told}`] : []),
  ];
}

/** The ledger says what the journal says. */
function notAsJournaled(ledger: LedgerView, { answers, open }: RunJournal): string[] {
  const settled = answers.reduce((sum, answer) => sum + (answer.costPico ?? 0), 0);
  const uncertain = open.reduce((sum, intent) => sum + intent.worstPico, 0);
  return [
    ...(ledger.requests === answers.length ? [] : [`ledger has ${ledger.requests} answers and the journal ${answers.length}`]),
    ...(fromUsd(ledger.costUsd) === settled ? [] : [`ledger has settled ${ledger.costUsd} and the journal ${toUsd(settled)} dollars`]),
    ...(fromUsd(ledger.uncertainUsd) === uncertain
      ? []
      : [`ledger has uncertain ${ledger.uncertainUsd} and the journal ${toUsd(uncertain)} dollars`]),
  ];
}

function turnOf({ run, children = [] }: Evidence, { turnKey, workflowId, step, turn }: BilledRequest): string {
  if (turnKey !== undefined) return turnKey;
  const asker = children.find((child) => child.workflowId === decodeURI(workflowId ?? '')) ?? run;
  return turnKeyOf(asker, decodeURI(step ?? ''), Number(turn));
}
