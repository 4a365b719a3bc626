import { formatUsd, fromUsd } from '../../common/money';

/** Numbers as people read them. */
export const tokens = (number: number): string => number.toLocaleString('en-US');

export const usd = (amount: number): string => formatUsd(fromUsd(amount));

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** `8 s`, `3 m 05 s`, `2 h 10 m`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / SECOND));
  if (seconds < 60) return `${seconds} s`;
  const two = (number: number): string => String(number).padStart(2, '0');
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${two(Math.floor((seconds % 3_600) / 60))} m`;
}

/** `just now`, `5 m ago`, `3 d ago`. */
export function ago(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'just now';
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} m ago`;
  if (milliseconds < 24 * HOUR) return `${Math.floor(milliseconds / HOUR)} h ago`;
  return `${Math.floor(milliseconds / (24 * HOUR))} d ago`;
}

/** Our models all begin with the maker's name; a narrow column does without. */
export const shortModel = (model: string | null): string => (model ?? '').replace(/^claude-/, '');
