import { formatUsd, fromUsd } from '../../common/money';

/** Numbers as people read them. */
export const tokens = (number: number): string => number.toLocaleString('en-US');

export const usd = (amount: number): string => formatUsd(fromUsd(amount));

/** The same within a width of at least 10: of a very small amount fewer digits are shown, never a part of them. */
export function briefUsd(amount: number, width: number): string {
  const text = usd(amount);
  if (text.length <= width) return text;
  const digits = width - '$0.'.length;
  return amount < 10 ** -digits ? `<$${(10 ** -(digits - 1)).toFixed(digits - 1)}` : `$${amount.toFixed(digits)}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `just now`, `5 m ago`, `3 d ago`. */
export function ago(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'just now';
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} m ago`;
  if (milliseconds < 24 * HOUR) return `${Math.floor(milliseconds / HOUR)} h ago`;
  return `${Math.floor(milliseconds / (24 * HOUR))} d ago`;
}

/** Our models all begin with the maker's name; a narrow column does without. */
export const shortModel = (model: string | null): string => (model ?? '').replace(/^claude-/, '');
