import { merge, type Conflict, type Report } from '../../../workflows/patterns/merge';

type Combine = (
  reports: ReadonlyArray<Report<string>>,
  problems: readonly string[],
) => Promise<{ text: string; conflicts: readonly Conflict[] }>;

export async function synthesis(reports: ReadonlyArray<Report<string>>, combine: Combine) {
  const { combined, conflicts, sources } = await merge(reports, combine, { repairs: 1, missing: ['legal'] });
  return { text: combined.text, conflicts, sources };
}
