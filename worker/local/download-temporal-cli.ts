import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { z } from 'zod';

import type { Environment } from './cache-dir';
import { outputOf } from './executables';
import { BUILT_CLI_VERSION } from './find-temporal-cli';

/** Temporal's download service, the one that the SDK's own test environments use. */
export const DOWNLOAD_SERVICE = 'https://temporal.download';

export interface DownloadOptions {
  readonly env: Environment;
  /** Where to put the executable. The caller renames it into place once it has proved itself. */
  readonly output: string;
  readonly onProgress?: ((line: string) => void) | undefined;
  /** @default DOWNLOAD_SERVICE */
  readonly service?: string | undefined;
}

/** A machine without a way to the service must get on with the build, so the first answer has to come at once. */
const FIRST_ANSWER_MS = 3_000;
const ARCHIVE_MS = 180_000;

const infoSchema = z.object({ archiveUrl: z.url(), fileToExtract: z.string().regex(/^[\w./-]+$/) });

/**
 * Fetches the ready-made `temporal`.
 * @returns undefined when it is there, else why it could not be had.
 */
export async function downloadTemporalCli(options: DownloadOptions): Promise<string | undefined> {
  const folder = `${options.output}-archive`;
  try {
    const info = await askService(options.service ?? DOWNLOAD_SERVICE);
    options.onProgress?.(`Fetching the Temporal server ${BUILT_CLI_VERSION} (once)`);
    mkdirSync(folder, { recursive: true });
    const archive = path.join(folder, 'archive.tar.gz');
    const answer = await fetch(info.archiveUrl, { signal: AbortSignal.timeout(ARCHIVE_MS) });
    if (!answer.ok || answer.body === null) return `the archive answers with status ${answer.status}`;
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(archive));
    await outputOf('tar', ['-xzf', archive, '-C', folder, info.fileToExtract], options.env);
    renameSync(path.join(folder, info.fileToExtract), options.output);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function askService(service: string): Promise<z.infer<typeof infoSchema>> {
  const platform = process.platform === 'darwin' ? 'darwin' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const query = new URLSearchParams({ arch, platform, format: 'tar.gz' }).toString();
  const url = `${service}/cli/v${BUILT_CLI_VERSION}?${query}`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(FIRST_ANSWER_MS) });
  if (!answer.ok) throw new Error(`${service} answers with status ${answer.status}`);
  return infoSchema.parse(await answer.json());
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return cause.split('\n')[0] ?? cause;
}
