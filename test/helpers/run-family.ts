import type { Client } from '@temporalio/client';

import type { LedgerView } from '../../common/ledger';
import type { BillRecord } from '../../simulator/bill-record';
import type { Store } from '../../storage/store';
import { auditRun, type Audit } from './audit-run';
import { readRunJournal, type RunKey } from './run-journal';

/** A run that has ended, and where its books are. */
export interface FamilyBooks {
  readonly client: Client;
  readonly store: Store;
  /** The whole bill; the lines of this run and of its children are picked out of it. */
  readonly bill: readonly BillRecord[];
  readonly ledger: LedgerView;
}

/** Compares the books of a run whose children paid on its account: what they asked is in its ledger. */
export async function auditFamily(run: RunKey, { client, store, bill, ledger }: FamilyBooks): Promise<Audit> {
  const asked = bill.filter(({ workflowId }) => belongsTo(run, workflowId));
  const ids = new Set(asked.map(({ workflowId }) => decodeURI(workflowId ?? '')).filter((id) => id !== run.workflowId));
  const children = await Promise.all([...ids].map((id) => keyOf(client, id)));
  const journals = await Promise.all([run, ...children].map((key) => readRunJournal(store, key)));
  const journal = { answers: journals.flatMap(({ answers }) => answers), open: journals.flatMap(({ open }) => open) };
  return auditRun({ run, children, ledger, journal, bill: asked });
}

/** A child's Workflow Id begins with that of its parent. */
function belongsTo({ workflowId: parent }: RunKey, workflowId: string | null): boolean {
  const id = decodeURI(workflowId ?? '');
  return id === parent || id.startsWith(`${parent}/`);
}

async function keyOf(client: Client, workflowId: string): Promise<RunKey> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  return { namespace: client.options.namespace, workflowId, firstRunId: raw.workflowExecutionInfo?.firstRunId ?? '' };
}
