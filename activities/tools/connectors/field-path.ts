import { z } from 'zod';

/** Where a value stands in an answer: `data.items.0.name`, or the JSON pointer `/data/items/0/name` for names with dots; empty for all of it. */
export const fieldPath = z
  .string()
  .max(300)
  .refine((path) => path.startsWith('/') || path === '' || !path.split('.').includes(''), {
    error: 'must be a path like "data.items.0.name" or "/data/items/0/name"',
  });

/** The value at a path; undefined when there is none. Only what the answer itself holds is found. */
export function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const step of steps(path)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step]; // owned, as asked above
  }
  return at;
}

function steps(path: string): string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) return path.split('.');
  const parts = path.slice(1).split('/');
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
