import { getBlob, putBlob } from './blobs';
import type { Store } from './store';

/**
 * A conversation that only grows, as content-addressed blobs. Its key stands for all of it, so a workflow carries 70
 * characters however long it is. Blobs of equal rank are merged like the digits of a binary counter: n turns are read
 * from log n blobs, and stored in n log n.
 */
export interface Transcript<Head = unknown, Message = unknown> {
  /** Store key. */
  readonly key: string;
  /** What stands before the messages and never changes. */
  readonly head: Head;
  readonly messages: readonly Message[];
  readonly pieces: readonly Piece[];
}

interface Piece {
  readonly key: string;
  readonly rank: number;
  readonly messages: readonly unknown[];
}

/** What a blob holds. */
interface StoredPiece {
  /** Store key of the head. */
  readonly head: string;
  /** Store key of the piece before this one. */
  readonly previous: string | null;
  readonly rank: number;
  readonly messages: readonly unknown[];
}

/** Keeps a new conversation. */
export async function beginTranscript<Head, Message>(
  store: Store,
  head: Head,
  messages: readonly Message[],
): Promise<Transcript<Head, Message>> {
  const headKey = await putBlob(store, head);
  return { ...(await append(store, { headKey, pieces: [] }, messages)), head, messages };
}

/** Reads a conversation; undefined when the store does not have all of it. */
export async function loadTranscript<Head, Message>(store: Store, key: string): Promise<Transcript<Head, Message> | undefined> {
  const pieces: Piece[] = [];
  let headKey: string | undefined;
  for (let at: string | null = key; at !== null;) {
    const piece = (await getBlob(store, at)) as StoredPiece | undefined;
    if (piece === undefined) return undefined;
    pieces.unshift({ key: at, rank: piece.rank, messages: piece.messages });
    headKey = piece.head;
    at = piece.previous;
  }
  const head = headKey === undefined ? undefined : await getBlob(store, headKey);
  if (head === undefined) return undefined;
  // What was kept is what whoever began it has put in.
  return { key, head: head as Head, messages: pieces.flatMap((piece) => piece.messages) as Message[], pieces };
}

/** Keeps a conversation with more messages at its end; the same messages give the same key. */
export async function extendTranscript<Head, Message>(
  store: Store,
  transcript: Transcript<Head, Message>,
  messages: readonly Message[],
): Promise<Transcript<Head, Message>> {
  if (messages.length === 0) return transcript;
  const headKey = await putBlob(store, transcript.head);
  const grown = await append(store, { headKey, pieces: transcript.pieces }, messages);
  return { ...grown, head: transcript.head, messages: [...transcript.messages, ...messages] };
}

interface Stem {
  readonly headKey: string;
  readonly pieces: readonly Piece[];
}

async function append(
  store: Store,
  { headKey, pieces }: Stem,
  added: readonly unknown[],
): Promise<Pick<Transcript<never, never>, 'key' | 'pieces'>> {
  const kept = [...pieces];
  let rank = 0;
  let messages = added;
  for (let last = kept.at(-1); last?.rank === rank; last = kept.at(-1)) {
    messages = [...last.messages, ...messages];
    rank += 1;
    kept.pop();
  }
  const piece: StoredPiece = { head: headKey, previous: kept.at(-1)?.key ?? null, rank, messages };
  const key = await putBlob(store, piece);
  return { key, pieces: [...kept, { key, rank, messages }] };
}
