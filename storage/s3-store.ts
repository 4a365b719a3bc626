import { randomUUID } from 'node:crypto';

import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

import { checkKey, checkPrefix } from './keys';
import type { Store } from './store';

/** Not a valid key, so no caller can overwrite it. */
const ID_OBJECT = '.id';

interface Place {
  readonly s3: S3Client;
  readonly bucket: string;
  /** Ends with a slash unless empty. */
  readonly prefix: string;
  /** For messages. */
  readonly location: string;
}

/**
 * Opens the store in a bucket. Credentials, region and endpoint come from where every AWS program finds them: the `AWS_*`
 * variables, the profile or the role of the machine. With an endpoint of your own (`AWS_ENDPOINT_URL_S3`) the bucket stands
 * in the path. Whatever S3 has answered for is durable, and seen by every reader from then on.
 * @param location `s3://bucket` or `s3://bucket/prefix`.
 * @throws Error `Cannot open store "…": …` when the bucket cannot be read or written.
 */
export async function openS3Store(location: string): Promise<Store> {
  const place = placeOf(location);
  try {
    return s3Store(place, await readOrMakeId(place));
  } catch (error) {
    throw new Error(`Cannot open store "${location}": ${reasonOf(error)}; check bucket, region and credentials`, { cause: error });
  }
}

function placeOf(location: string): Place {
  const [, bucket, path = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(location) ?? [];
  const prefix = path.replace(/\/+$/, '');
  if (bucket === undefined || (prefix !== '' && !isPath(prefix))) {
    throw new Error(`Cannot open store "${location}": it is no place in S3; write s3://bucket or s3://bucket/prefix`);
  }
  const ownEndpoint = process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'];
  const s3 = new S3Client({ forcePathStyle: ownEndpoint !== undefined && ownEndpoint !== '' });
  return { s3, bucket, prefix: prefix === '' ? '' : `${prefix}/`, location };
}

function isPath(prefix: string): boolean {
  try {
    checkKey(prefix);
    return true;
  } catch {
    return false;
  }
}

function s3Store({ s3, bucket, prefix, location }: Place, id: string): Store {
  const at = (key: string) => ({ Bucket: bucket, Key: prefix + checkKey(key) });
  return {
    id,
    location,
    get: async (key) => read(s3, at(key)),
    async put(key, bytes) {
      const place = at(key);
      try {
        await s3.send(new PutObjectCommand({ ...place, Body: bytes }));
      } catch (error) {
        throw new Error(`Cannot write "${key}" to store "${location}": ${reasonOf(error)}; check bucket and credentials`, { cause: error });
      }
    },
    async copy(from, to) {
      const source = at(from);
      const place = at(to);
      try {
        await s3.send(new CopyObjectCommand({ ...place, CopySource: `${source.Bucket}/${source.Key}` }));
      } catch (error) {
        if (isAbsent(error)) return;
        throw new Error(`Cannot copy "${from}" to "${to}" in store "${location}": ${reasonOf(error)}; check bucket and credentials`, {
          cause: error,
        });
      }
    },
    async list(within) {
      const folder = checkPrefix(within);
      const below = `${prefix}${folder === '' ? '' : `${folder}/`}`;
      const found: string[] = [];
      let token: string | undefined;
      do {
        const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: below, ContinuationToken: token }));
        for (const { Key = '' } of page.Contents ?? []) found.push(Key.slice(prefix.length));
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return found.filter((key) => key !== ID_OBJECT && !key.endsWith('/')).sort();
    },
    async delete(key) {
      await s3.send(new DeleteObjectCommand(at(key)));
    },
  };
}

async function read(s3: S3Client, place: { Bucket: string; Key: string }): Promise<Buffer | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand(place));
    return Body === undefined ? undefined : Buffer.from(await Body.transformToByteArray());
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Many processes may open a new store at once: the first put wins and all of them read what it made. */
async function readOrMakeId({ s3, bucket, prefix }: Place): Promise<string> {
  const place = { Bucket: bucket, Key: prefix + ID_OBJECT };
  const known = await read(s3, place);
  if (known !== undefined) return known.toString('utf8').trim();
  try {
    await s3.send(new PutObjectCommand({ ...place, Body: randomUUID(), IfNoneMatch: '*' }));
  } catch (error) {
    if (!(error instanceof S3ServiceException) || !LOST_RACE.has(error.name)) throw error;
  }
  return String(await read(s3, place)).trim();
}

/** Another process was first, or is putting it at this moment. */
const LOST_RACE: ReadonlySet<string> = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);

function isAbsent(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' || error.message === 'UnknownError' ? error.name : error.message;
}
