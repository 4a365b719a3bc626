import { TroupeError } from '../../common/troupe-error';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function wrong(flag: string, value: string, cure: string): TroupeError {
  return new TroupeError('invalid-input', `Cannot read ${flag} "${value}": ${cure}`);
}

/** Parsers for the values of flags; each refuses with one line. */
export const dollars = (flag: string) => (value: string) => {
  const usd = Number(value.replace(/^\$/, ''));
  if (value.trim() === '' || !Number.isFinite(usd) || usd <= 0) throw wrong(flag, value, 'not an amount above 0; give dollars, like 0.50');
  return usd;
};

export const count =
  (flag: string, example = '20000') =>
  (value: string) => {
    const number = Number(value.replaceAll('_', ''));
    if (Number.isInteger(number) && number > Number.MAX_SAFE_INTEGER)
      throw wrong(flag, value, `too large; the most is ${Number.MAX_SAFE_INTEGER}`);
    if (value.trim() === '' || !Number.isSafeInteger(number) || number < 1)
      throw wrong(flag, value, `not a whole number above 0; give one, like ${example}`);
    return number;
  };

/** Above 0, up to 100. */
export const percentage = (flag: string) => (value: string) => {
  const number = Number(value.replace(/%$/, ''));
  if (value.trim() === '' || !Number.isFinite(number) || number <= 0 || number > 100)
    throw wrong(flag, value, 'not a percentage; give a number above 0 up to 100');
  return number;
};

export const port = (flag: string) => (value: string) => {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 65_535) throw wrong(flag, value, 'not a port; give a number from 1 to 65535');
  return number;
};

/** `90s`, `15m`, `2h`, `1.5d` in milliseconds. */
export const duration = (flag: string) => (value: string) => {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(value.trim());
  const unit = parts?.[2] as keyof typeof UNITS | undefined; // the expression allows no other
  const milliseconds = unit === undefined ? 0 : Math.round(Number(parts?.[1]) * UNITS[unit]);
  if (milliseconds <= 0) throw wrong(flag, value, 'not a duration; give a number above 0 with one unit (ms, s, m, h or d), like 150m');
  return milliseconds;
};

/** `name=Title`, collected from every time the flag is given. `cure` completes "give …". */
export const assignment =
  (flag: string, cure: string) =>
  (value: string, known: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
    const [name = '', ...rest] = value.split('=');
    if (name.trim() === '' || rest.join('=').trim() === '') throw wrong(flag, value, `give ${cure}`);
    return { ...known, [name.trim()]: rest.join('=').trim() };
  };

/** One of a closed set. */
export const oneOf =
  <Value extends string>(flag: string, allowed: readonly Value[]) =>
  (value: string): Value => {
    const found = allowed.find((known) => known === value);
    if (found === undefined) throw wrong(flag, value, `no such value; choose one of ${allowed.join(', ')}`);
    return found;
  };
