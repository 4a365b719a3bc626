import { condition, continueAsNew, executeChild, proxyActivities } from '@temporalio/workflow';

import type { BareActivities } from './activities';

const { bareResearch, bareOutline, bareDraft, bareTitle, bareSeo } = proxyActivities<BareActivities>({ startToCloseTimeout: '1m' });

const ANGLES = ['fundamentals', 'use cases', 'pitfalls'];

/** The article pipeline without Troupe: the same seven calls in the same order, and nothing else. */
export async function bareArticle({ topic }: { readonly topic: string }) {
  const findings = await Promise.all(ANGLES.map((angle) => bareResearch({ topic, angle })));
  const { sections: outline } = await bareOutline({ topic, findings });
  const { draft } = await bareDraft({ topic, findings, outline });
  const [{ title }, { description }] = await Promise.all([bareTitle({ topic, draft }), bareSeo({ topic, draft })]);
  return { title, seoDescription: description, outline, draft, findings };
}

/** One row: a workflow with one activity. */
export async function bareRow(row: BareRow): Promise<{ title: string }> {
  return bareTitle(row);
}

export interface BareRow {
  readonly topic: string;
  readonly draft: string;
}

export interface BareRowsInput {
  /** Topic and draft of row n are these texts, followed by n. */
  readonly row: BareRow;
  readonly first: number;
  readonly last: number;
  readonly concurrency: number;
  /** Children after which it continues as new, as a history has its limits. */
  readonly rowsPerRun: number;
}

/** Many rows without Troupe: a sliding window of children, and nothing else. */
export async function bareRows({ row, first, last, concurrency, rowsPerRun }: BareRowsInput): Promise<number> {
  let open = 0;
  const until = Math.min(last, first + rowsPerRun - 1);
  const failures: unknown[] = [];
  for (let number = first; number <= until; number += 1) {
    await condition(() => open < concurrency);
    open += 1;
    const args: [BareRow] = [{ topic: `${row.topic} ${number}`, draft: `${row.draft} ${number}` }];
    executeChild(bareRow, { args })
      .catch((error: unknown) => failures.push(error))
      .finally(() => (open -= 1));
  }
  await condition(() => open === 0);
  if (failures.length > 0) throw failures[0];
  if (until < last) return continueAsNew<typeof bareRows>({ row, first: until + 1, last, concurrency, rowsPerRun });
  return last;
}
