import { failure, FailureType } from '../../common/failures';
import { PAGE_ROWS, rowKeyOf, type GivenRow, type RowRange } from '../../common/job';
import { NOT_FOR_ROWS } from '../../common/pipelines/index';
import type { PipelineDefinition } from '../../common/pipelines/define-pipeline';
import { describeIssues } from '../../common/pipelines/parse-input';
import { schemaWords } from '../../common/pipelines/schema-words';
import { jobFolder, keepRows, noteStart, readManifest, readOutcome, readPage, rowsWithOutcome } from '../../storage/jobs';
import type { ActivityDeps } from '../deps';
import { openRows, type OpenedRows } from '../open-run';
import { refuseOtherStore } from '../refuse-other-store';

export interface OpenJobInput {
  readonly pipeline: string;
  /** Either these or `manifest`. */
  readonly rows?: ReadonlyArray<Readonly<Record<string, unknown>>> | undefined;
  readonly manifest?: string | undefined;
  readonly keyField?: string | undefined;
  /** Rows that are done count as not begun. */
  readonly redo: boolean;
  readonly storeId: string;
}

/** What a job needs to know before its first row. */
export interface OpenedJob {
  readonly manifest: string;
  readonly folder: string;
  readonly count: number;
  /** Rows that an earlier start of the same job has done. */
  readonly finished: readonly RowRange[];
  /** An earlier start of the same job has begun with these rows. Absent when there was none, and from workers of before. */
  readonly startedBefore?: true;
}

/** The job's own workflow. */
export interface JobPlace {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * Puts the rows of a job where its runs find them, and looks which of them an earlier start has done.
 * @throws InvalidInput naming the rows that do not fit; nothing has been started by then
 */
export async function openJob(deps: ActivityDeps, { namespace, workflowId, runId }: JobPlace, input: OpenJobInput): Promise<OpenedJob> {
  const { store } = deps;
  refuseOtherStore(`open job "${workflowId}"`, store, input.storeId);
  checkPipeline(deps, input.pipeline);
  const manifest = input.manifest ?? (await keepRows(store, input.pipeline, givenRows(deps, input)));
  const { pipeline, count } = await readManifest(store, manifest);
  if (pipeline !== input.pipeline) throw invalid(`its rows were checked for "${pipeline}"; start that pipeline`, input.pipeline);
  const folder = jobFolder(namespace, workflowId, manifest);
  const finished: RowRange[] = [];
  for (const row of input.redo ? [] : await rowsWithOutcome(store, folder)) {
    if ((await readOutcome(store, folder, row))?.status === 'done') addToRanges(finished, row);
  }
  const before = await noteStart(store, folder, runId);
  return { manifest, folder, count, finished, ...((before || finished.length > 0) && { startedBefore: true }) };
}

/** `row` is larger than every row in the ranges. */
function addToRanges(ranges: RowRange[], row: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && last[1] === row - 1) ranges[ranges.length - 1] = [last[0], row];
  else ranges.push([row, row]);
}

/** Keys of one page's rows, and where the page is. */
export interface JobPageKeys {
  readonly page: string;
  readonly keys: readonly string[];
  /** Absent from workers of before. */
  readonly opened?: OpenedRows;
}

/** @param index From 0. */
export async function loadJobPage(deps: ActivityDeps, { manifest, index }: { manifest: string; index: number }): Promise<JobPageKeys> {
  const { pages, pipeline } = await readManifest(deps.store, manifest);
  const page = pages[index];
  if (page === undefined) throw new Error(`Cannot read page ${index} of the job: it has ${pages.length} pages of ${PAGE_ROWS} rows`);
  const { rows } = await readPage(deps.store, page);
  const inputs = rows.map(({ input }) => input);
  return { page, keys: rows.map(({ key }) => key), opened: await openRows(deps, pipeline, inputs) };
}

function checkPipeline({ pipelines }: ActivityDeps, pipeline: string): void {
  const known = Object.keys(pipelines).filter((name) => !NOT_FOR_ROWS.includes(name));
  if (known.includes(pipeline)) return;
  throw invalid(`there is no such pipeline for rows; use one of ${known.join(', ')}`, pipeline);
}

const SHOWN_PROBLEMS = 5;

function givenRows({ pipelines }: ActivityDeps, { pipeline, rows = [], keyField }: OpenJobInput): GivenRow[] {
  const definition = pipelines[pipeline] as PipelineDefinition; // checked above
  const seen = new Map<string, number>();
  const problems: string[] = [];
  const given = rows.map((row, at): GivenRow => {
    const parsed = definition.input.safeParse(row, { error: schemaWords });
    if (!parsed.success) problems.push(`row ${at + 1}: ${describeIssues(parsed.error)}`);
    const key = keyField === undefined ? String(at + 1) : rowKeyOf(row[keyField]);
    if (key === '') problems.push(`row ${at + 1}: "${keyField}" is empty`);
    else if (seen.has(key)) problems.push(`row ${at + 1}: key "${key}" is that of row ${seen.get(key)}`);
    seen.set(key, at + 1);
    return { key, input: parsed.data };
  });
  if (problems.length === 0) return given;
  const more = problems.length > SHOWN_PROBLEMS ? `; and ${problems.length - SHOWN_PROBLEMS} more` : '';
  throw invalid(`${problems.slice(0, SHOWN_PROBLEMS).join('; ')}${more}; correct the rows`, pipeline);
}

const invalid = (why: string, pipeline: string) =>
  failure({ type: FailureType.InvalidInput, message: `Cannot start a job of "${pipeline}": ${why}` });
