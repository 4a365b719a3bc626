import { toUsd } from '../common/money';
import { addUsage, NO_USAGE, type TokenUsage } from '../common/pricing';
import type { BillRecord } from './bill-record';

/** The bill in numbers. */
export interface SimulatorStats {
  /** Requests to `/v1/messages` and items of batches, settled. */
  readonly calls: number;
  /** The items of batches among them. */
  readonly batchItems: number;
  readonly charged: number;
  readonly distinctHashes: number;
  /**
   * Charged requests beyond the first of the same workflow, step and turn; requests without these tags do not count. Of batches: charged
   * items beyond the first with the same custom_id and the same content.
   */
  readonly duplicatesPaid: number;
  readonly duplicatesPaidPico: number;
  readonly usage: TokenUsage;
  readonly costPico: number;
  readonly costUsd: number;
  readonly answered: number;
  readonly cut: number;
  readonly aborted: number;
  /** Answers with status 429, from buckets and from faults. */
  readonly rateLimited: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly peakConcurrency: number;
  readonly inFlight: number;
}

type Load = Pick<SimulatorStats, 'peakConcurrency' | 'inFlight'>;

export function summarize(records: readonly BillRecord[], load: Load): SimulatorStats {
  const calls = records.filter((record) => record.path === '/v1/messages');
  const charged = calls.filter((record) => record.charged);
  const duplicates = repeatedTurns(charged);
  const costPico = charged.reduce((sum, record) => sum + record.costPico, 0);
  const having = (outcome: BillRecord['outcome']): number => calls.filter((record) => record.outcome === outcome).length;
  const byStatus: Record<string, number> = {};
  for (const { status } of calls) byStatus[status] = (byStatus[status] ?? 0) + 1;
  return {
    calls: calls.length,
    batchItems: calls.filter((record) => record.batchId !== undefined).length,
    charged: charged.length,
    distinctHashes: new Set(calls.map((record) => record.hash)).size,
    duplicatesPaid: duplicates.length,
    duplicatesPaidPico: duplicates.reduce((sum, record) => sum + record.costPico, 0),
    usage: charged.reduce((sum, record) => addUsage(sum, record.usage), NO_USAGE),
    costPico,
    costUsd: toUsd(costPico),
    answered: having('answered'),
    cut: having('cut'),
    aborted: having('aborted'),
    rateLimited: byStatus['429'] ?? 0,
    byStatus,
    ...load,
  };
}

function repeatedTurns(charged: readonly BillRecord[]): BillRecord[] {
  const seen = new Set<string>();
  return charged.filter(({ workflowId, step, turn, batchId, customId, hash }) => {
    if (batchId === undefined && (workflowId === null || step === null)) return false;
    const key = JSON.stringify(batchId === undefined ? [workflowId, step, turn] : { customId, hash });
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}
