/** No service means longer than a day. */
const MAX_MS = 24 * 60 * 60_000;

/** Milliseconds that a `Retry-After` header asks for: seconds or an HTTP date; undefined when it is missing or neither. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(Math.ceil(ms), 0), MAX_MS);
}
