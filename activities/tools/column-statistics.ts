type Cell = string | number | boolean | null;

interface Column {
  readonly name: string;
  readonly count: number;
  readonly missing: number;
}

interface NumberColumn extends Column {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly median: number;
  readonly stddev: number | null;
  readonly sum: number;
}

interface TextColumn extends Column {
  readonly kind: 'text';
  readonly distinct: number;
  readonly mostFrequent: Array<{ value: string; count: number }>;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const SHOWN_VALUES = 5;

/** A column is one of numbers when all of its values are, also those that a CSV file has as text. */
export function describeColumn(name: string, values: readonly Cell[], rows: number): NumberColumn | TextColumn {
  const present = values.filter((value) => value !== null && value !== '');
  const column = { name, count: present.length, missing: rows - present.length };
  const numbers = present.map(toNumber);
  return numbers.length > 0 && numbers.every((value) => value !== undefined)
    ? { ...column, kind: 'number', ...describeNumbers(numbers) }
    : { ...column, kind: 'text', ...describeTexts(present.map(String)) };
}

function toNumber(value: Cell): number | undefined {
  const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function describeNumbers(numbers: readonly number[]): Omit<NumberColumn, keyof Column | 'kind'> {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] as number; // callers stay within a list that is not empty
  const middle = sorted.length >> 1;
  const sum = exactSum(sorted);
  const mean = sum / sorted.length;
  const squares = exactSum(sorted.map((value) => (value - mean) ** 2));
  return {
    min: at(0),
    max: at(sorted.length - 1),
    mean,
    median: sorted.length % 2 === 1 ? at(middle) : at(middle - 1) / 2 + at(middle) / 2,
    stddev: sorted.length === 1 ? null : Math.sqrt(squares / (sorted.length - 1)),
    sum,
  };
}

/** Neumaier's sum: a column of cents does not drift. */
function exactSum(numbers: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of numbers) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

function describeTexts(texts: readonly string[]): Omit<TextColumn, keyof Column | 'kind'> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const mostFrequent = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  return { distinct: counts.size, mostFrequent: mostFrequent.slice(0, SHOWN_VALUES) };
}
