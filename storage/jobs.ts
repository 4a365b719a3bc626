import { createHash } from 'node:crypto';

import { PAGE_ROWS, type BadRow, type GivenRow, type JobManifest, type JobPage, type RowOutcome } from '../common/job';
import { TroupeError } from '../common/troupe-error';
import type { Forecast } from '../common/estimate';
import { getBlob, putBlob } from './blobs';
import { getJson, getWholeJson } from './json';
import type { Store } from './store';

/** Keeps rows page by page as they come; the manifest's key is the same for the same rows. */
export async function keepRows(store: Store, pipeline: string, rows: AsyncIterable<GivenRow> | Iterable<GivenRow>): Promise<string> {
  const pages: string[] = [];
  let count = 0;
  let page: GivenRow[] = [];
  const keep = async (): Promise<void> => {
    pages.push(await putBlob(store, { rows: page } satisfies JobPage));
    page = [];
  };
  for await (const row of rows) {
    page.push(row);
    count += 1;
    if (page.length === PAGE_ROWS) await keep();
  }
  if (page.length > 0) await keep();
  return putBlob(store, { pipeline, count, pages } satisfies JobManifest);
}

/** @throws TroupeError `invalid-input` when the store does not have it */
export async function readManifest(store: Store, key: string): Promise<JobManifest> {
  return (await read(store, key)) as JobManifest; // written by `keepRows`
}

/** Pages of a store that were read last: the rows of one follow each other, each in a run of its own. */
const pagesOf = new WeakMap<Store, Map<string, Promise<JobPage>>>();
const REMEMBERED_PAGES = 4;

/** What a key stands for never changes, so the latest pages are remembered. @throws TroupeError when the store does not have it */
export function readPage(store: Store, key: string): Promise<JobPage> {
  const pages = pagesOf.get(store) ?? new Map<string, Promise<JobPage>>();
  pagesOf.set(store, pages);
  const page = pages.get(key) ?? (read(store, key) as Promise<JobPage>); // written by `keepRows`
  // The latest is the last.
  pages.delete(key);
  pages.set(key, page);
  for (const oldest of pages.keys()) if (pages.size > REMEMBERED_PAGES) pages.delete(oldest);
  page.catch(() => pages.delete(key));
  return page;
}

/** A row as it was given, by its number from 1; undefined when the job has no such row. */
export async function readRow(store: Store, { pages }: JobManifest, row: number): Promise<GivenRow | undefined> {
  const key = pages[Math.floor((row - 1) / PAGE_ROWS)];
  return key === undefined ? undefined : (await readPage(store, key)).rows[(row - 1) % PAGE_ROWS];
}

async function read(store: Store, key: string): Promise<unknown> {
  const value = await getBlob(store, key);
  if (value !== undefined) return value;
  const cure = 'use the store that they were put into';
  throw new TroupeError('invalid-input', `Cannot read the rows of the job: store "${store.location}" does not have "${key}"; ${cure}`);
}

/** The same for every start of the same rows under the same id, so that a second start finds what the first has done. */
export function jobFolder(namespace: string, workflowId: string, manifest: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([namespace, workflowId, manifest]))
    .digest('hex');
  return `jobs/${hash.slice(0, 2)}/${hash}`;
}

/** Survives a power cut; a later outcome of the same row takes its place. */
export async function putOutcome(store: Store, folder: string, outcome: RowOutcome): Promise<void> {
  await store.put(outcomeKey(folder, outcome.row), Buffer.from(JSON.stringify(outcome)));
}

export async function readOutcome(store: Store, folder: string, row: number): Promise<RowOutcome | undefined> {
  return (await getJson(store, outcomeKey(folder, row))) as RowOutcome | undefined; // written by `putOutcome`
}

/** The result of a row; null unless it is done. */
export async function resultOf(store: Store, { result, value }: RowOutcome): Promise<unknown> {
  return result === null ? (value ?? null) : getBlob(store, result.ref);
}

/** Numbers of the rows that have an outcome, in order. */
export async function rowsWithOutcome(store: Store, folder: string): Promise<number[]> {
  const keys = await store.list(folder);
  return keys.map((key) => Number(/(\d+)\.json$/.exec(key)?.[1])).sort((a, b) => a - b);
}

const startedKey = (folder: string): string => `${folder}.started.json`;

/** Notes the run that a job begins with. @returns whether another one has begun with the same rows before */
export async function noteStart(store: Store, folder: string, runId: string): Promise<boolean> {
  const first = await getWholeJson(store, startedKey(folder));
  if (first === undefined) await store.put(startedKey(folder), Buffer.from(JSON.stringify(runId)));
  return first !== undefined && first !== runId;
}

/** Beside the folder, not in it: what is in it are outcomes. */
const skippedKey = (folder: string): string => `${folder}.skipped.json`;

/** Keeps what was left out of the file that the rows of a job came from; a later start of the same rows takes its place. */
export async function putSkipped(store: Store, folder: string, skipped: readonly BadRow[]): Promise<void> {
  if (skipped.length === 0) await store.delete(skippedKey(folder));
  else await store.put(skippedKey(folder), Buffer.from(JSON.stringify(skipped)));
}

/** Rows of the file that are none of the job's, because they did not fit. */
export async function readSkipped(store: Store, folder: string): Promise<readonly BadRow[]> {
  return ((await getJson(store, skippedKey(folder))) ?? []) as readonly BadRow[]; // written by `putSkipped`
}

const forecastKey = (folder: string): string => `${folder}.forecast.json`;

/** Keeps what a job was estimated at, for the gate after its sample; a later start of the same rows takes its place. */
export async function putForecast(store: Store, folder: string, forecast: Forecast): Promise<void> {
  await store.put(forecastKey(folder), Buffer.from(JSON.stringify(forecast)));
}

/** Undefined when the job was started without an estimate. */
export async function readForecast(store: Store, folder: string): Promise<Forecast | undefined> {
  return (await getJson(store, forecastKey(folder))) as Forecast | undefined; // written by `putForecast`
}

const outcomeKey = (folder: string, row: number): string => `${folder}/${String(row).padStart(8, '0')}.json`;
