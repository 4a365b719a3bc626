import { FailureType, failure } from '../../common/failures';
import { quoted } from './quoted';

/**
 * Merge: several reports become one, and every conflict between them is listed with how it was settled.
 *
 *   report a ─┐                      ┌─ no ──→ combined, conflicts
 *   report b ─┼─→ combine → problem?─┤
 *   report n ─┘      ↑               └─ yes ─┐
 *                    └─── told what is wrong ┘
 */
export interface Report<Content> {
  /** Who it is from: an angle, a viewpoint, an agent. Conflicts refer to it. */
  readonly name: string;
  readonly content: Content;
}

/** A disagreement in the open. */
export interface Conflict {
  /** Names of the reports that disagree, at least two. */
  readonly between: readonly string[];
  /** What they disagree about. */
  readonly about: string;
  /** How it was settled, or why it stays open. */
  readonly settled: string;
}

export interface MergeOptions {
  /** How often `combine` is asked again when its conflicts do not hold. @default 1 */
  readonly repairs?: number;
  /** Conflicts that still do not hold: fail, or put them aside with what is wrong with them. @default 'fail' */
  readonly ifInvalid?: 'fail' | 'set aside';
  /** Reports that should have come and did not; noted in the result. @default none */
  readonly missing?: readonly string[];
}

export interface MergeResult<Combined> {
  /** As `combine` returned it, with the conflicts that were put aside still in it. */
  readonly combined: Combined;
  /** The conflicts that hold. */
  readonly conflicts: readonly Conflict[];
  /** Conflicts that do not hold; empty unless `ifInvalid` is 'set aside'. */
  readonly setAside: ReadonlyArray<{ readonly conflict: Conflict; readonly problem: string }>;
  /** The reports that went in, by name, in order. */
  readonly sources: readonly string[];
  readonly missing: readonly string[];
  /** How often `combine` was asked. */
  readonly attempts: number;
}

/**
 * Combines reports. `combine` gets the reports and, when it is asked again, what was wrong with its last answer.
 * @throws StepFailed with the problems when conflicts do not hold after all repairs; the failure of `combine` passes through
 * @throws RangeError without reports, for a name given twice, or when `repairs` is no whole number from 0
 */
export async function merge<Content, Combined extends { readonly conflicts: readonly Conflict[] }>(
  reports: ReadonlyArray<Report<Content>>,
  combine: (reports: ReadonlyArray<Report<Content>>, problems: readonly string[]) => Promise<Combined>,
  { repairs = 1, ifInvalid = 'fail', missing = [] }: MergeOptions = {},
): Promise<MergeResult<Combined>> {
  const sources = reports.map(({ name }) => name);
  checkReports(sources, repairs);
  let problems: string[] = [];
  for (let attempts = 1; ; attempts++) {
    const combined = await combine(reports, problems);
    const judged = combined.conflicts.map((conflict) => ({ conflict, problem: problemOf(conflict, sources) }));
    const conflicts = judged.flatMap(({ conflict, problem }) => (problem === null ? [conflict] : []));
    const setAside = judged.flatMap(({ conflict, problem }) => (problem === null ? [] : [{ conflict, problem }]));
    problems = setAside.map(({ problem }) => problem);
    if (problems.length === 0 || (attempts > repairs && ifInvalid === 'set aside')) {
      return { combined, conflicts, setAside, sources, missing, attempts };
    }
    if (attempts > repairs) throw invalidConflicts(problems);
  }
}

/** What is wrong with a conflict, or null. */
function problemOf({ between, about, settled }: Conflict, sources: readonly string[]): string | null {
  const unknown = between.filter((name) => !sources.includes(name));
  const title = `conflict about "${about.slice(0, 80)}"`;
  if (about.trim() === '') return `a conflict between ${quoted(between)} does not say what it is about`;
  if (unknown.length > 0) return `the ${title} names ${quoted(unknown)}; the reports are ${quoted(sources)}`;
  if (new Set(between).size < 2) return `the ${title} names fewer than two reports; it must say who disagrees with whom`;
  if (settled.trim() === '') return `the ${title} does not say how it was settled or why it stays open`;
  return null;
}

function invalidConflicts(problems: readonly string[]): Error {
  return failure({
    type: FailureType.StepFailed,
    message: `Cannot merge the reports: ${problems.join('; ')}`,
    details: { reasons: problems },
  });
}

function checkReports(names: readonly string[], repairs: number): void {
  if (names.length === 0) throw new RangeError('Cannot merge: there is no report; give at least one');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(`Cannot merge: the report "${twice}" is given twice; name each report once`);
  if (Number.isInteger(repairs) && repairs >= 0) return;
  throw new RangeError(`Cannot merge: 'repairs' must be a whole number from 0; current value is ${repairs}`);
}
