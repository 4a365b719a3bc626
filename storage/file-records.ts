import { createHash } from 'node:crypto';

import { getWholeJson } from './json';
import type { Store } from './store';

/** Whose files: runs of one name and pipeline in one namespace share what is done. */
export interface FileSeries {
  readonly namespace: string;
  readonly name: string;
  readonly pipeline: string;
}

/** What is known of a file whose rows are done. */
export interface DoneFile {
  /** Where it was found first. */
  readonly file: string;
  readonly job: string;
  readonly out: string;
  /** Epoch milliseconds. */
  readonly doneAt: number;
}

/** What an address said of its content when that was done last. */
export interface FetchedMark {
  readonly etag?: string;
  readonly lastModified?: string;
}

const sha256 = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

function folderOf({ namespace, name, pipeline }: FileSeries): string {
  const hash = sha256([namespace, name, pipeline]);
  return `files/${hash.slice(0, 2)}/${hash}`;
}

const doneKey = (series: FileSeries, contentHash: string): string => `${folderOf(series)}/done/${contentHash}.json`;
const markKey = (series: FileSeries, url: string): string => `${folderOf(series)}/fetched/${sha256(url)}.json`;
const seenFolder = (series: FileSeries): string => `${folderOf(series)}/seen`;

/** By the hash of the content, whatever the file is called. */
export async function readDone(store: Store, series: FileSeries, contentHash: string): Promise<DoneFile | undefined> {
  return (await getWholeJson(store, doneKey(series, contentHash))) as DoneFile | undefined; // written by `putDone`
}

/** Survives a power cut. */
export async function putDone(store: Store, series: FileSeries, done: DoneFile & { readonly contentHash: string }): Promise<void> {
  const { contentHash, ...record } = done;
  await store.put(doneKey(series, contentHash), Buffer.from(JSON.stringify(record)));
}

const writtenKey = (series: FileSeries, out: string): string => `${folderOf(series)}/written/${sha256(out)}.json`;

/** Notes whose content an output was written for last. */
export async function putWritten(store: Store, { series, out }: { series: FileSeries; out: string }, contentHash: string): Promise<void> {
  await store.put(writtenKey(series, out), Buffer.from(JSON.stringify(contentHash)));
}

/** The hash of the content that an output was written for last; undefined when nobody has noted it. */
export async function readWritten(store: Store, series: FileSeries, out: string): Promise<string | undefined> {
  return (await getWholeJson(store, writtenKey(series, out))) as string | undefined; // written by `putWritten`
}

/** A file as it lies there: one that has not changed since need not be read again. */
export interface FileStamp {
  readonly path: string;
  readonly size: number;
  /** Epoch milliseconds, with fractions. */
  readonly mtimeMs: number;
}

export async function putSeen(store: Store, series: FileSeries, stamp: FileStamp): Promise<void> {
  await store.put(`${seenFolder(series)}/${stampHash(stamp)}.json`, Buffer.from(JSON.stringify(stamp)));
}

/** Tells of a file whether it is done and has not changed since. */
export async function readSeen(store: Store, series: FileSeries): Promise<(stamp: FileStamp) => boolean> {
  const folder = seenFolder(series);
  const keys = new Set(await store.list(folder));
  return (stamp) => keys.has(`${folder}/${stampHash(stamp)}.json`);
}

const stampHash = ({ path, size, mtimeMs }: FileStamp): string => sha256([path, size, mtimeMs]);

export async function readMark(store: Store, series: FileSeries, url: string): Promise<FetchedMark> {
  return ((await getWholeJson(store, markKey(series, url))) ?? {}) as FetchedMark; // written by `putMark`
}

export async function putMark(store: Store, { series, url }: { series: FileSeries; url: string }, mark: FetchedMark): Promise<void> {
  await store.put(markKey(series, url), Buffer.from(JSON.stringify(mark)));
}
