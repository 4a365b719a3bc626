import { failure, FailureType } from '../common/failures';
import { isLargeOutput, MAX_OUTPUT_BYTES, type LargeOutput } from '../common/large-output';
import { mayRefer, referencesIn, referenceTo, replaceReferences } from '../common/text-reference';
import { getBlob, putBlob } from '../storage/blobs';
import type { Store } from '../storage/store';

const PREVIEW_LENGTH = 1_000;
/** In an output that is too large, longer texts go to the store. */
const LONG_TEXT = 4_096;

/**
 * The output itself when its JSON has at most `MAX_OUTPUT_BYTES`. In a larger one references stand for its long texts, which
 * keeps its shape; where that is not enough, its place in the store stands for all of it.
 */
export async function fitOutput(store: Store, output: unknown): Promise<unknown> {
  const json = JSON.stringify(output) ?? 'null';
  const fits = (text: string): boolean => Buffer.byteLength(text) <= MAX_OUTPUT_BYTES;
  if (fits(json)) return quoteReferences(store, output, json);
  const referring = await mapTexts(output, (text) => (text.length > LONG_TEXT || mayRefer(text) ? keepText(store, text) : text));
  return fits(JSON.stringify(referring)) ? referring : keepLarge(store, output);
}

/**
 * Makes sure that a text from outside is never taken for a reference, as it could name what belongs to another run: one that
 * looks like it goes to the store itself.
 */
export async function quoteReferences(store: Store, value: unknown, json = JSON.stringify(value) ?? 'null'): Promise<unknown> {
  return mayRefer(json) ? mapTexts(value, (text) => (mayRefer(text) ? keepText(store, text) : text)) : value;
}

/**
 * The value with everything in it that stands for something in the store put back.
 * @throws InvalidInput when the store no longer has it
 */
export async function resolveReferences(store: Store, value: unknown): Promise<unknown> {
  if (!refers(value)) return value;
  if (isLargeOutput(value)) return read(store, value.ref);
  if (typeof value === 'string') return resolveText(store, value);
  // What refers and is no text has fields.
  return mapFields(value as object, (field) => resolveReferences(store, field));
}

/** Looked at first, and without a promise: hardly any call has a reference in its input. */
function refers(value: unknown): boolean {
  if (typeof value === 'string') return mayRefer(value);
  if (typeof value !== 'object' || value === null) return false;
  return isLargeOutput(value) || Object.values(value).some(refers);
}

/** Puts a value into the store, whatever its size. */
export async function keepLarge(store: Store, value: unknown): Promise<LargeOutput> {
  return { ref: await putBlob(store, value), preview: JSON.stringify(value).slice(0, PREVIEW_LENGTH) };
}

async function keepText(store: Store, text: string): Promise<string> {
  return referenceTo(await putBlob(store, text), text.length);
}

async function resolveText(store: Store, text: string): Promise<string> {
  const texts = new Map<string, string>();
  for (const key of referencesIn(text)) texts.set(key, String(await read(store, key)));
  return replaceReferences(text, (key) => texts.get(key) ?? '');
}

async function read(store: Store, key: string): Promise<unknown> {
  const value = await getBlob(store, key);
  if (value !== undefined) return value;
  throw failure({
    type: FailureType.InvalidInput,
    message: `Cannot read "${key}", to which a text of the run refers: store "${store.location}" no longer has it; restore it, or start again`,
  });
}

type Change<From> = (value: From) => unknown;

function mapTexts(value: unknown, change: Change<string>): Promise<unknown> {
  if (typeof value === 'string') return Promise.resolve(change(value));
  if (typeof value !== 'object' || value === null) return Promise.resolve(value);
  return mapFields(value, (field) => mapTexts(field, change));
}

async function mapFields(value: object, change: Change<unknown>): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item: unknown) => change(item)));
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, field]) => [name, await change(field)])));
}
