import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import { openJobOutput } from '../../rows/job-output';
import { putDone, putMark, putSeen, putWritten, type FetchedMark } from '../../storage/file-records';
import { beating } from '../beating';
import type { ActivityDeps } from '../deps';
import { refuseOtherStore } from '../refuse-other-store';
import type { SourceFile } from './list-source';

export interface WriteOutputInput {
  readonly name: string;
  readonly pipeline: string;
  readonly file: SourceFile;
  readonly contentHash: string;
  readonly mark?: FetchedMark | undefined;
  readonly job: string;
  readonly manifest: string;
  readonly folder: string;
  readonly out: string;
  readonly storeId: string;
}

/** Writes what a job has brought, each file in one step, and notes that the file it came from is done. */
export async function writeOutput(deps: ActivityDeps, namespace: string, input: WriteOutputInput): Promise<void> {
  const { store } = deps;
  const { file, out, manifest, folder, contentHash, mark, job, name, pipeline } = input;
  refuseOtherStore('write the output of a file', store, input.storeId);
  const series = { namespace, name, pipeline };
  await beating(async () => {
    const { dir, name: stem, ext } = path.parse(out);
    // Hidden, so that nobody takes it before it is whole.
    const draft = path.join(dir, `.${stem}.${contentHash.slice(0, 12)}${ext}`);
    const output = await openJobOutput({ store, file: draft, order: 'input', manifest, folder });
    await output.update(true);
    const finalOf = (written: string): string =>
      path.join(dir, path.basename(written).replace(`.${stem}.${contentHash.slice(0, 12)}`, stem));
    for (const beside of [output.failedFile, output.flaggedFile]) await moveIfThere(beside, finalOf(beside));
    await rename(draft, out);
    await putWritten(store, { series, out }, contentHash);
    await putDone(store, series, { contentHash, file: 'url' in file ? file.url : file.path, job, out, doneAt: deps.now() });
    if ('url' in file) await putMark(store, { series, url: file.url }, mark ?? {});
    else await putSeen(store, series, file);
  });
}

/** What an earlier file of the same name has left goes away with it. */
async function moveIfThere(from: string, to: string): Promise<void> {
  if ((await stat(from).catch(() => undefined)) === undefined) await rm(to, { force: true });
  else await rename(from, to);
}
