import { createHash, randomInt } from 'node:crypto';

import type { RunOptions } from '../common/run';

const SLUG_LENGTH = 28;
const RANDOM_LENGTH = 8;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A subject as part of an id: lower-case ASCII words joined by dashes, cut at a word. Empty when no ASCII is left. */
export function slug(subject: string): string {
  const words = subject
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let joined = '';
  for (const word of words) {
    const longer = joined === '' ? word : `${joined}-${word}`;
    if (longer.length > SLUG_LENGTH) break;
    joined = longer;
  }
  return joined === '' ? (words[0] ?? '').slice(0, SLUG_LENGTH) : joined;
}

/** A new, readable Workflow Id: `article-how-to-build-a-rag-system-x7k2m9qa`. */
export function newRunId(pipeline: string, subject: string): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [pipeline, slug(subject), random].filter((part) => part !== '').join('-');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, canonical(field)]));
}

/**
 * Identity of what a run was asked to do: pipeline, input and options, whatever the order of their fields. The trace id is
 * left out: it names the asking, not the work.
 */
export function hashOfRequest(pipeline: string, input: unknown, options: RunOptions): string {
  const defaults = { lane: 'interactive', reuse: false };
  const request = JSON.stringify(canonical({ pipeline, input, options: { ...defaults, ...options, traceId: undefined } }));
  return createHash('sha256').update(request).digest('hex');
}
