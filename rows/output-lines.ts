import { rowUsd, type JobManifest, type RowOutcome } from '../common/job';
import { readOutcome, readRow, resultOf } from '../storage/jobs';
import type { Store } from '../storage/store';
import type { OutputOrder } from './orders';
import type { OutputForm } from './output-form';
import type { RowResult } from './result-columns';

export interface OutputSource {
  readonly store: Store;
  readonly folder: string;
  readonly manifest: JobManifest;
  readonly form: OutputForm;
  readonly order: OutputOrder;
  /** Whether an outcome is one of this start of the job, or will stay as an earlier one left it. When nothing changes any more all do. */
  readonly counts: (outcome: RowOutcome) => boolean;
}

/** The lines of an output file, each handed out once, and what is known of the rows that were looked at for them. */
export interface OutputLines {
  /** Of rows that have ended. @param final Nothing will change any more. */
  next(ended: ReadonlySet<number>, final: boolean): AsyncGenerator<string>;
  /** Whether a row that was taken for failed is done by now: lines of the order of the input do not come back to it. */
  passedBy(): Promise<boolean>;
  readonly written: ReadonlySet<number>;
  readonly failed: ReadonlyMap<number, RowOutcome>;
  /** What a person should look at first, by row. */
  readonly flagged: ReadonlyMap<number, string[][]>;
}

export function outputLines({ store, folder, manifest, form, order, counts }: OutputSource): OutputLines {
  const written = new Set<number>();
  const failed = new Map<number, RowOutcome>();
  const flagged = new Map<number, string[][]>();
  let at = 1;

  const take = async (row: number, final: boolean): Promise<string | undefined> => {
    const outcome = await readOutcome(store, folder, row);
    const given = await readRow(store, manifest, row);
    if (outcome === undefined || given === undefined || !(final || counts(outcome))) return undefined;
    if (outcome.status !== 'done') {
      failed.set(row, outcome);
      return undefined;
    }
    failed.delete(row);
    written.add(row);
    const done: RowResult = { given, outcome, result: await resultOf(store, outcome), costUsd: rowUsd(outcome) };
    const remarks = form.remarks?.(done) ?? [];
    if (remarks.length > 0) flagged.set(row, remarks);
    return form.text(done);
  };

  async function* inOrder(ended: ReadonlySet<number>, final: boolean): AsyncGenerator<string> {
    for (; at <= manifest.count; at += 1) {
      const line = ended.has(at) ? await take(at, final) : undefined;
      // One that had too little money is started again, and its place is here.
      const lost = failed.get(at)?.status ?? 'budget-reached';
      if (line === undefined && lost === 'budget-reached' && !final) break;
      if (line !== undefined) yield line;
    }
  }

  async function* asFinished(ended: ReadonlySet<number>, final: boolean): AsyncGenerator<string> {
    for (const row of ended) {
      const line = written.has(row) ? undefined : await take(row, final);
      if (line !== undefined) yield line;
    }
  }

  const passedBy = async (): Promise<boolean> => {
    for (const row of failed.keys()) if ((await readOutcome(store, folder, row))?.status === 'done') return true;
    return false;
  };

  return {
    written,
    failed,
    flagged,
    passedBy,
    next: (ended, final) => (order === 'input' ? inOrder(ended, final) : asFinished(ended, final)),
  };
}
