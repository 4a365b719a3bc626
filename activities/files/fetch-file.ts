import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PassThrough, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { Agent, request, type Dispatcher } from 'undici';

import type { FetchedMark } from '../../storage/file-records';
import { inWords } from './lost-connection';
import { PrivateAddressError, publicLookup, refusePrivateHost } from './public-address';

export interface FetchFile {
  readonly url: string;
  /** Where it goes, without an extension: that follows from what it is. */
  readonly into: string;
  readonly maxBytes: number;
  /** Whether private addresses may be asked. */
  readonly privateAllowed: boolean;
  /** What the address said when its content was done last. */
  readonly mark: FetchedMark;
  readonly signal: AbortSignal;
}

/** `unchanged`: what was done last is still what it says. `refused`: asking again will not help. */
export type Fetched =
  | { readonly kind: 'fetched'; readonly file: string; readonly mark: FetchedMark }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: string };

const MOST_REDIRECTS = 3;
const TIMEOUT_MS = 10 * 60_000;

const REFUSED = (reason: string): Fetched => ({ kind: 'refused', reason });

/**
 * Fetches a file of rows, if it has changed. Nobody can make a worker ask an address of its own network by it, not by a redirect either.
 * @throws Error when the connection fails or the server cannot answer now: it is worth another try
 */
export async function fetchFile(asked: FetchFile): Promise<Fetched> {
  const { mark, privateAllowed } = asked;
  const dispatcher = new Agent(privateAllowed ? {} : { connect: { lookup: publicLookup } });
  const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const headers = {
    ...(mark.etag !== undefined && { 'if-none-match': mark.etag }),
    ...(mark.lastModified !== undefined && { 'if-modified-since': mark.lastModified }),
  };
  try {
    let url = new URL(asked.url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      if (!privateAllowed) refusePrivateHost(url);
      const answer = await request(url, { dispatcher, headers, signal });
      const location = answer.headers['location'];
      if (![301, 302, 303, 307, 308].includes(answer.statusCode) || typeof location !== 'string')
        return await take({ ...asked, signal }, answer, url);
      await answer.body.dump();
      if (!URL.canParse(location, url.href)) return REFUSED('it redirects to what is no address');
      url = new URL(location, url);
      if (!/^https?:$/.test(url.protocol)) return REFUSED('it redirects to what is no http or https address');
    }
    return REFUSED(`it redirects more than ${MOST_REDIRECTS} times`);
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal !== undefined) return REFUSED(`${refusal}; TROUPE_PRIVATE_ADDRESSES=1 on the worker allows it`);
    throw inWords(error);
  } finally {
    await dispatcher.destroy();
  }
}

/** A failed connection carries what its lookup threw. */
function refusalIn(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof PrivateAddressError) return at.message;
  return undefined;
}

/** @param from Where redirects have led to. */
async function take(asked: FetchFile, answer: Dispatcher.ResponseData, from: URL): Promise<Fetched> {
  const { statusCode: status, headers, body } = answer;
  if (status !== 200) await body.dump();
  if (status === 304) return { kind: 'unchanged' };
  if (status === 408 || status === 425 || status === 429 || status >= 500) throw new Error(`it cannot answer now (${status})`);
  if (status !== 200) return REFUSED(`it answers with ${status}`);
  // Some send what they keep, whatever is asked for.
  const encoding = one(headers['content-encoding'])?.trim().toLowerCase() ?? 'identity';
  const decoder = DECODERS.get(encoding);
  if (decoder === undefined) {
    await body.dump();
    return REFUSED(`its content is encoded as "${encoding}"; ${[...DECODERS.keys()].join(', ')} can be read`);
  }
  const extension = extensionOf([new URL(asked.url), from], one(headers['content-type']));
  if (extension === undefined) {
    await body.dump();
    return REFUSED('neither its name nor its content type says that it is CSV, JSON or JSON lines');
  }
  const file = `${asked.into}${extension}`;
  if (!(await written(body, { decoder: decoder(), file, maxBytes: asked.maxBytes, signal: asked.signal })))
    return REFUSED(`it has more than ${asked.maxBytes} bytes`);
  const [etag, lastModified] = [one(headers['etag']), one(headers['last-modified'])];
  return { kind: 'fetched', file, mark: { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) } };
}

const one = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);

/** By the content encoding that they undo. */
const DECODERS: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => createGunzip()],
  ['deflate', () => createInflate()],
  ['br', () => createBrotliDecompress()],
  ['identity', () => new PassThrough()],
]);

class TooLarge extends Error {}

/** False when it is too large. */
async function written(
  body: Dispatcher.ResponseData['body'],
  { decoder, file, maxBytes, signal }: { decoder: Transform; file: string; maxBytes: number; signal: AbortSignal },
) {
  let bytes = 0;
  const cap = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      if (bytes > maxBytes) next(new TooLarge());
      else next(null, chunk);
    },
  });
  try {
    await pipeline(body, decoder, cap, createWriteStream(file), { signal });
    return true;
  } catch (error) {
    if (error instanceof TooLarge) return false;
    throw error;
  }
}

const EXTENSION = /\.(?:csv|jsonl|ndjson|json)$/i;
const BY_TYPE: Readonly<Record<string, string>> = {
  'text/csv': '.csv',
  'application/csv': '.csv',
  'application/json': '.json',
  'application/x-ndjson': '.jsonl',
  'application/jsonl': '.jsonl',
};

function extensionOf(urls: readonly URL[], type = ''): string | undefined {
  const [named] = urls.flatMap(({ pathname }) => EXTENSION.exec(pathname) ?? []);
  return named?.toLowerCase() ?? BY_TYPE[type.split(';')[0]?.trim().toLowerCase() ?? ''];
}
