import { z } from 'zod';

import { closest } from '../closest';

const quoted = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function typeWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidType>): string {
  if (issue.input === undefined) return 'is missing';
  if (Number.isNaN(issue.input)) return 'is not a number';
  return `must be ${KINDS[issue.expected] ?? issue.expected}`;
}

function tooSmallWords({ origin, minimum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  const one = Number(minimum) === 1;
  if (origin === 'array') return `needs at least ${minimum} ${one ? 'item' : 'items'}`;
  if (origin === 'string') return one ? 'must not be empty' : `needs at least ${minimum} characters`;
  return inclusive === false ? `must be above ${minimum}` : `must be at least ${minimum}`;
}

function tooBigWords({ origin, maximum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): string {
  if (origin === 'array') return `must not have more than ${maximum} ${Number(maximum) === 1 ? 'item' : 'items'}`;
  if (origin === 'string') return `must not have more than ${maximum} characters`;
  if (Number(maximum) >= Number.MAX_SAFE_INTEGER) return 'is too large';
  return inclusive === false ? `must be below ${maximum}` : `must be at most ${maximum}`;
}

/** A row may have two thousand. */
const SHOWN_UNKNOWN = 5;

function unknownWords({ keys, inst, path }: z.core.$ZodRawIssue<z.core.$ZodIssueUnrecognizedKeys>): string {
  const known = inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];
  const each = keys.slice(0, SHOWN_UNKNOWN).map((key) => {
    const meant = closest(key, known);
    return `unknown field "${key}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
  });
  if (keys.length > each.length) each.push(`and ${keys.length - each.length} more`);
  return path === undefined || path.length === 0 ? each.join('; ') : `has an ${each.join('; ')}`;
}

/**
 * Says what is wrong with a value in words that read on from its place: `"topic"` `is missing`. Hand it to a parse as `error`;
 * a schema's own message prevails.
 */
export function schemaWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue);
    case 'too_small':
      return tooSmallWords(issue);
    case 'too_big':
      return tooBigWords(issue);
    case 'invalid_value':
      if (issue.input === undefined) return 'is missing';
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${quoted(issue.values)}`;
    case 'unrecognized_keys':
      return unknownWords(issue);
    case 'invalid_format':
      return issue.format === 'url' ? 'is not an address; give one like http://127.0.0.1:8080' : undefined;
    default:
      return undefined;
  }
}

/** `stages[1].max_tokens`. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, part) => {
    if (typeof part === 'number') return `${place}[${part}]`;
    return place === '' ? String(part) : `${place}.${String(part)}`;
  }, '');
}

/** A problem with its place before it. Messages that begin with a capital, the library's own, do not read on. */
export function describeIssue({ path, message }: Pick<z.core.$ZodIssue, 'path' | 'message'>): string {
  const place = placeOf(path);
  const readsOn = /^\p{Ll}/u.test(message);
  if (place !== '') return `"${place}"${readsOn ? '' : ':'} ${message}`;
  return /^(?:must|is|needs|has) /.test(message) ? `the value ${message}` : message;
}
