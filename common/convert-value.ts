/** What a field of ours holds, whatever the service sends for it. */
export type FieldKind = 'text' | 'number' | 'date' | 'texts' | 'boolean';

type Value = string | number | boolean | string[];

/** A value of a service as the kind that a field of ours has; undefined when it cannot be read as one, which is when nothing is better than a guess. */
export function convertValue(value: unknown, kind: FieldKind): Value | undefined {
  switch (kind) {
    case 'text':
      return toText(value);
    case 'number':
      return toNumber(value);
    case 'date':
      return toDate(value);
    case 'texts':
      return toTexts(value);
    case 'boolean':
      return toBoolean(value);
    default:
      return kind satisfies never;
  }
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
/** With thousands, a currency or a percent sign. `4k`, `7/10` and `1.234,5` are left alone: each has more than one reading. */
const WRITTEN_NUMBER = /^(?:[A-Z]{3}|[$€£¥])?\s?([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s?(?:[A-Z]{3}|[€£%])?$/;

/** A number from a number or from a text like `1840`, `$1,250.00` or `USD 12`. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const digits = PLAIN_NUMBER.test(text) ? text : WRITTEN_NUMBER.exec(text)?.[1]?.replaceAll(',', '');
  const number = digits === undefined ? Number.NaN : Number(digits);
  return Number.isFinite(number) ? number : undefined;
}

/** The day of an ISO date or time, as its writer counted it. */
function toDate(value: unknown): string | undefined {
  const day = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(value.trim())?.[0] : undefined;
  return day !== undefined && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? day : undefined;
}

/** A list of texts; records also write such lists into one text with commas. */
function toTexts(value: unknown): string[] | undefined {
  const items: unknown[] | undefined = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,;]/) : undefined;
  return items?.map(toText).filter((text) => text !== undefined);
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['y', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['n', false],
  ['0', false],
]);

function toBoolean(value: unknown): boolean | undefined {
  return BOOLEANS.get(String(value).trim().toLowerCase());
}
