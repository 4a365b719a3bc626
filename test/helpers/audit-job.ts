import type { RowOutcome } from '../../common/job';
import { viewLedger, type LedgerView } from '../../common/ledger';
import { fromUsd } from '../../common/money';
import type { BillRecord } from '../../simulator/bill-record';
import { readOutcome, rowsWithOutcome } from '../../storage/jobs';
import type { Store } from '../../storage/store';
import { auditRun, type Audit, type BilledRequest } from './audit-run';
import { readRunJournal, type RunJournal } from './run-journal';

/** Everything that is known of the money of a job that has ended. */
export interface JobBooks {
  readonly store: Store;
  readonly namespace: string;
  readonly workflowId: string;
  /** Where its outcomes are. */
  readonly folder: string;
  /** What the job says that its rows cost. */
  readonly ledger: LedgerView;
  /** The simulator's, of this job at least, all of it settled. */
  readonly bill: readonly BillRecord[];
}

export interface JobAudit {
  /** One for each row. */
  readonly rows: readonly Audit[];
  readonly outcomes: readonly RowOutcome[];
  /** Charged requests of the job and items of batches that its rows asked for, in pico-dollars. */
  readonly billedPico: number;
  /** Of the job as a whole; those of its rows are with them. */
  readonly violations: readonly string[];
}

/** What has become of each row so far, in order. */
export async function outcomesIn(store: Store, folder: string): Promise<RowOutcome[]> {
  const rows = await rowsWithOutcome(store, folder);
  return Promise.all(rows.map(async (row) => (await readOutcome(store, folder, row)) as RowOutcome)); // just listed
}

/** Holds every row of a job, and the job as a whole, against the bill. */
export async function auditJob(books: JobBooks): Promise<JobAudit> {
  const { store, namespace, workflowId, folder, ledger } = books;
  const bill = new OwnBill(books.bill, workflowId);
  const outcomes = await outcomesIn(store, folder);
  const rows: Audit[] = [];
  for (const outcome of outcomes) {
    const run = { namespace, workflowId: outcome.workflowId, firstRunId: outcome.runId };
    const journal = named(await readRunJournal(store, run));
    rows.push(auditRun({ run, ledger: viewLedger(outcome.ledger), journal, bill: bill.of(outcome.workflowId, journal) }));
  }
  const charged = bill.chargedPico();
  const [settled, uncertain] = [fromUsd(ledger.costUsd), fromUsd(ledger.uncertainUsd)];
  const violations = [
    ...(settled <= charged && charged <= settled + uncertain
      ? []
      : [`the job's bill ${charged} is not within ${settled} and ${settled} + ${uncertain} pico-dollars`]),
    ...(rows.reduce((sum, row) => sum + fromUsd(row.settledUsd), 0) === settled
      ? []
      : [`the job has settled ${ledger.costUsd} dollars and its rows another sum`]),
  ];
  return { rows, outcomes, billedPico: charged, violations };
}

/** Answers of Message Batches have no request id; the ticket's stands for it. */
function named({ answers, open }: RunJournal): RunJournal {
  return { open, answers: answers.map((answer) => ({ ...answer, requestId: answer.requestId ?? itemOf(answer.id) })) };
}

const itemOf = (id: string): string => `item ${id}`;
/** Of a ticket, the id of its records in the journal. */
const ID_LENGTH = 12;

/** The bill, sorted by who is to pay. A class, because it remembers which items of batches somebody has owned up to. */
class OwnBill {
  readonly #byRun = new Map<string, BillRecord[]>();
  readonly #items = new Map<string, BillRecord[]>();
  #charged = 0;

  constructor(bill: readonly BillRecord[], jobId: string) {
    for (const record of bill) {
      const run = record.workflowId === null ? '' : decodeURI(record.workflowId);
      if (record.customId !== undefined) push(this.#items, record.customId.slice(0, ID_LENGTH), record);
      else if (run.startsWith(`${jobId}/`)) {
        push(this.#byRun, run, record);
        if (record.charged) this.#charged += record.costPico;
      }
    }
  }

  /** The requests of a run of a row, and the items of batches that its journal knows. */
  of(workflowId: string, { answers, open }: RunJournal): BilledRequest[] {
    const items = [...answers, ...open].flatMap(({ id, turnKey }) => {
      const lines = this.#items.get(id) ?? [];
      this.#items.delete(id);
      for (const { charged, costPico } of lines) if (charged) this.#charged += costPico;
      return lines.map((line) => ({ ...line, requestId: itemOf(id), turnKey }));
    });
    return [...(this.#byRun.get(workflowId) ?? []), ...items];
  }

  /** Of all requests of the job, and of the items that were asked for. */
  chargedPico(): number {
    return this.#charged;
  }
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
