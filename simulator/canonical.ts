import { sha256 } from './random';
import type { MessagesRequest } from './wire';

/** JSON with sorted keys: equal values give equal text, whatever order a client wrote them in. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

/**
 * Identity of a request: everything that may change the answer. `stream` is left out, since both ways of asking get the
 * same answer; so are `metadata` and the service tier.
 */
export function requestHash(request: MessagesRequest): string {
  const { model, system, messages, tools, tool_choice, output_config, max_tokens, thinking, stop_sequences } = request;
  return sha256(canonicalJson({ model, system, messages, tools, tool_choice, output_config, max_tokens, thinking, stop_sequences }));
}
