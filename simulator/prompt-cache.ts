import { createHash } from 'node:crypto';

import type { Clock } from './clock';
import type { SimulatedModel } from './models';
import { promptTokensOf, tokensOfBytes, type PromptPosition } from './tokens';

/** How the prompt of one request is billed. The three parts and the one-hour share add up like Claude's usage fields. */
export interface PromptUsage {
  readonly fresh: number;
  readonly read: number;
  readonly written5m: number;
  readonly written1h: number;
}

interface CacheEntry {
  readonly tokens: number;
  readonly lifetimeMs: number;
  expiresAt: number;
  visible: boolean;
}

/** Outcome of a lookup; `publish` is called with the first byte of the answer, from when on others may read the new entries. */
export interface CachedPrompt {
  readonly usage: PromptUsage;
  publish(): void;
}

export interface PromptCache {
  account(scope: { readonly key: string; readonly model: SimulatedModel }, positions: readonly PromptPosition[]): CachedPrompt;
  clear(): void;
}

const MINUTE = 60_000;
const LIFETIME_MS = { '5m': 5 * MINUTE, '1h': 60 * MINUTE } as const;
/** Positions before a breakpoint that Claude searches for an entry. */
const LOOKBACK = 20;
const ENTRIES_KEPT = 50_000;

/** Running hash and token count after each position, up to the last breakpoint. */
function prefixes(positions: readonly PromptPosition[], last: number, scope: string): Array<{ hash: string; tokens: number }> {
  const hash = createHash('sha256').update(scope);
  let bytes = 0;
  return positions.slice(0, last + 1).map((position) => {
    bytes += Buffer.byteLength(position.text);
    hash.update(`${position.text.length}:`).update(position.text);
    return { hash: hash.copy().digest('base64'), tokens: tokensOfBytes(bytes) };
  });
}

/** Positions at which an entry is looked for: from each breakpoint backwards, the last breakpoint first. */
function searched(breakpoints: readonly number[]): number[] {
  return [...breakpoints]
    .reverse()
    .flatMap((breakpoint) => Array.from({ length: Math.min(LOOKBACK, breakpoint + 1) }, (_unused, back) => breakpoint - back));
}

/** Prefix cache by workspace and model: entries are written at breakpoints only, live 5 minutes or an hour from last use. */
export function createPromptCache(clock: Clock): PromptCache {
  const entries = new Map<string, CacheEntry>();

  const find = (hash: string): CacheEntry | undefined => {
    const entry = entries.get(hash);
    if (entry === undefined) return undefined;
    if (entry.expiresAt > clock.now()) return entry.visible ? entry : undefined;
    entries.delete(hash);
    return undefined;
  };

  const longestHit = (known: ReadonlyArray<{ hash: string; tokens: number }>, breakpoints: readonly number[]): number => {
    for (const at of searched(breakpoints)) {
      const entry = find((known[at] as { hash: string }).hash);
      if (entry === undefined) continue;
      entry.expiresAt = clock.now() + entry.lifetimeMs;
      return at;
    }
    return -1;
  };

  const write = (hash: string, tokens: number, ttl: '5m' | '1h'): CacheEntry => {
    const lifetimeMs = LIFETIME_MS[ttl];
    const expiresAt = clock.now() + lifetimeMs;
    const known = entries.get(hash);
    // Two requests that write the same prefix at once share the entry: whichever starts to answer first makes it readable.
    if (known !== undefined && known.expiresAt > clock.now()) {
      known.expiresAt = expiresAt;
      return known;
    }
    const entry = { tokens, lifetimeMs, expiresAt, visible: false };
    entries.set(hash, entry);
    if (entries.size > ENTRIES_KEPT) entries.delete(entries.keys().next().value as string);
    return entry;
  };

  return {
    clear: () => entries.clear(),
    account: ({ key, model }, positions) => {
      const total = promptTokensOf(positions);
      const breakpoints = positions.flatMap((position, at) => (position.cacheTtl === undefined ? [] : [at]));
      const last = breakpoints.at(-1);
      if (last === undefined) return { usage: { fresh: total, read: 0, written5m: 0, written1h: 0 }, publish: () => undefined };
      const known = prefixes(positions, last, `${key}\n${model.id}\n`);
      const hit = longestHit(known, breakpoints);
      const read = hit < 0 ? 0 : (known[hit] as { tokens: number }).tokens;
      const written = { '5m': 0, '1h': 0 };
      const fresh: CacheEntry[] = [];
      let covered = read;
      for (const at of breakpoints) {
        const { hash, tokens } = known[at] as { hash: string; tokens: number };
        if (at <= hit || tokens < model.cacheMinimum) continue;
        const ttl = positions[at]?.cacheTtl ?? '5m';
        written[ttl] += tokens - covered;
        covered = tokens;
        fresh.push(write(hash, tokens, ttl));
      }
      return {
        usage: { fresh: total - covered, read, written5m: written['5m'], written1h: written['1h'] },
        publish: () => fresh.forEach((entry) => (entry.visible = true)),
      };
    },
  };
}
