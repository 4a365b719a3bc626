import { proxyActivities, sleep } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';

import type { ListedSource, ListSourceInput, SourceFile } from '../../activities/files/list-source';
import type { TakeFileInput, TakenFile } from '../../activities/files/take-file';
import type { WriteOutputInput } from '../../activities/files/write-output';
import { endsRun } from '../../common/cancellation';
import { applicationFailureOf, lastWords } from '../../common/failures';
import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { runChild } from '../run/child';
import { degrade } from '../run/degrade';
import { queueFor } from '../run/queue-for';
import { currentRun, openedRun } from '../run/run';
import { stage } from '../run/stage';

type Input = PipelineInput<'batchFiles'>;
type Result = PipelineResult<'batchFiles'>;
type WorkedFile = Result['files'][number];

const HOUR_MS = 3_600_000;
const LIMITS = { needs: 'pool', startToCloseMs: 2 * HOUR_MS } as const;

interface FileActivities {
  listSource(input: ListSourceInput): Promise<ListedSource>;
  takeFile(input: TakeFileInput): Promise<TakenFile>;
  writeOutput(input: WriteOutputInput): Promise<void>;
}

/** They read and write folders of their machine, for as long as it takes: a function has neither. */
const onPool = (): FileActivities =>
  proxyActivities<FileActivities>({
    startToCloseTimeout: LIMITS.startToCloseMs,
    heartbeatTimeout: '20s',
    retry: { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 5 },
    ...queueFor(LIMITS),
  });

/** Of the content's hash: a job of the same rows under the same name has the same id. */
const HASH_IN_ID = 12;

/**
 * Files of rows that are new.
 *
 *   look → (wait → look again) → for each new file: check its rows → batchJob → write
 */
export async function batchFiles(input: Input): Promise<Result> {
  const { name, files, left } = await stage('look', () => settledFiles(input));
  const worked = await stage('work', () => workFiles(input, { name, files }));
  const fresh = worked.filter(({ status }) => status !== 'done before');
  const incomplete = fresh.some(({ status }) => status === 'refused' || status === 'failed');
  return { status: incomplete ? 'incomplete' : fresh.length === 0 ? 'nothing new' : 'completed', source: input.source, files: fresh, left };
}

/** One after the other: each may have what the budget has left, and all the places. */
async function workFiles(input: Input, { name, files }: Pick<Settled, 'name' | 'files'>): Promise<WorkedFile[]> {
  const worked: WorkedFile[] = [];
  for (const { file, changing } of files) worked.push(changing ? told(file, { status: 'changing' }) : await workFile(input, name, file));
  return worked;
}

interface Settled {
  readonly name: string;
  readonly files: ReadonlyArray<{ readonly file: SourceFile; readonly changing: boolean }>;
  readonly left: number;
}

/** What is still being written has another size or time the second time. */
async function settledFiles({ pipeline, source, outDir, name: given, settleMs }: Input): Promise<Settled> {
  const look = (): Promise<ListedSource> => onPool().listSource({ pipeline, source, outDir, name: given, storeId: storeId() });
  const first = await look();
  const stamps = first.files.filter((file) => !('url' in file));
  if (settleMs === 0 || stamps.length === 0) return { ...first, files: first.files.map((file) => ({ file, changing: false })) };
  await sleep(settleMs);
  const second = await look();
  const before = new Set(first.files.map((file) => JSON.stringify(file)));
  return { ...second, files: second.files.map((file) => ({ file, changing: !before.has(JSON.stringify(file)) })) };
}

const storeId = (): string => openedRun(currentRun()).storeId;

const placeOf = (file: SourceFile): string => ('url' in file ? file.url : file.path);

const titleOf = (file: SourceFile): string => placeOf(file).split(/[\\/]/).at(-1) ?? '';

function told(file: SourceFile, known: Pick<WorkedFile, 'status'> & Partial<WorkedFile>): WorkedFile {
  return { file: placeOf(file), reason: null, job: null, out: null, done: 0, failed: 0, skipped: 0, ...known };
}

/** Never fails but with the run: what is wrong with one file leaves the others alone. */
async function workFile(input: Input, name: string, file: SourceFile): Promise<WorkedFile> {
  let job: string | null = null;
  try {
    const { source: _source, concurrency, rowBudgetUsd, rowLane, settleMs: _settleMs, ...rows } = input;
    const taken = await onPool().takeFile({
      ...(rows as Omit<TakeFileInput, 'file' | 'name' | 'storeId'>),
      name,
      file,
      storeId: storeId(),
    }); // optional fields may be undefined
    if (taken.kind === 'refused') return lost(file, { status: 'refused', reason: taken.reason });
    if (taken.kind !== 'taken') return told(file, { status: taken.kind });
    const { manifest, contentHash, out, skipped, mark } = taken;
    job = `${name}-${contentHash.slice(0, HASH_IN_ID)}`;
    const how = { concurrency, ...(rowBudgetUsd !== undefined && { rowBudgetUsd }), ...(rowLane !== undefined && { rowLane }) };
    const request = { pipeline: input.pipeline, manifest, ...how };
    const { result } = await runChild('batchJob', request, { label: titleOf(file), share: 1, workflowId: job });
    await onPool().writeOutput({
      name,
      pipeline: input.pipeline,
      file,
      contentHash,
      mark,
      job,
      manifest,
      folder: result.folder,
      out,
      storeId: storeId(),
    });
    return told(file, { status: 'done', job, out, done: result.done + result.before, failed: result.failed, skipped });
  } catch (error) {
    if (endsRun(error)) throw error;
    if (error instanceof WorkflowExecutionAlreadyStartedError) return told(file, { status: 'in another run', job });
    const known = applicationFailureOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
    return lost(file, { status: 'failed', reason: lastWords(known), job });
  }
}

function lost(file: SourceFile, known: Pick<WorkedFile, 'status'> & { reason: string } & Partial<WorkedFile>): WorkedFile {
  degrade(placeOf(file), new Error(known.reason), 'no output');
  return told(file, known);
}
