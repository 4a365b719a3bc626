import { MAX_INLINE_BYTES } from '../../common/conversation';
import { failure, FailureType } from '../../common/failures';
import type { ToolCallContext, ToolReply } from '../../common/tool-call';
import { getBlob, putBlob } from '../../storage/blobs';
import type { ActivityDeps } from '../deps';

/** Characters of a long result that the run shows. */
const PREVIEW_LENGTH = 120;
/** The longest text that a conversation takes in as one result; a tool's own limit is below that. */
const MAX_REPLY_LENGTH = 100_000;

/** A tool's result for a conversation: as text, or as its place in the store. Too long a text loses its end, and says so. */
export async function replyTo({ store }: ActivityDeps, result: string): Promise<ToolReply> {
  const left = result.length - MAX_REPLY_LENGTH;
  const text = left > 0 ? `${result.slice(0, MAX_REPLY_LENGTH)}\n[${left} more characters left out]` : result;
  if (Buffer.byteLength(text) <= MAX_INLINE_BYTES) return { text };
  return { ref: await putBlob(store, text), preview: text.slice(0, PREVIEW_LENGTH) };
}

/** The input that a call was given, read from the store when it was too large for history. */
export async function givenInput({ store }: ActivityDeps, input: unknown, { conversation }: ToolCallContext): Promise<unknown> {
  const ref = conversation?.inputRef;
  if (ref === undefined) return input;
  const kept = await getBlob(store, ref);
  if (kept !== undefined) return kept;
  throw failure({ type: FailureType.Internal, message: 'Cannot call the tool: the store no longer has its input; restore the store' });
}
