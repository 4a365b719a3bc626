import { CURRENCIES } from './price-terms';

/** Signs and words for currencies, in small letters, each with all that it may mean. */
const MEANINGS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...CURRENCIES.map((code) => [code.toLowerCase(), [code]] as const),
  ...['$', 'dollar', 'dollars'].map((sign) => [sign, ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD', 'MXN']] as const),
  ...['us$', 'bucks'].map((sign) => [sign, ['USD']] as const),
  ...['c$', 'ca$'].map((sign) => [sign, ['CAD']] as const),
  ...['a$', 'au$'].map((sign) => [sign, ['AUD']] as const),
  ['nz$', ['NZD']],
  ['hk$', ['HKD']],
  ['s$', ['SGD']],
  ['mx$', ['MXN']],
  ['r$', ['BRL']],
  ...['€', 'euro', 'euros'].map((sign) => [sign, ['EUR']] as const),
  ...['£', 'pound', 'pounds'].map((sign) => [sign, ['GBP']] as const),
  ...['¥', 'yen'].map((sign) => [sign, sign === '¥' ? ['JPY', 'CNY'] : ['JPY']] as const),
  ...['franc', 'francs'].map((sign) => [sign, ['CHF']] as const),
  ['₹', ['INR']],
  ['₩', ['KRW']],
]);

const CODES = `\\b(?:${CURRENCIES.join('|')})\\b`;
const SIGNS = '(?:\\b(?:US|CA?|AU?|NZ|HK|S|MX|R))?\\$|[€£¥₹₩]';

/** Pattern of a currency before an amount. */
export const CURRENCY_BEFORE = `(?:${SIGNS}|${CODES})`;
/** Pattern of a currency behind an amount. */
export const CURRENCY_BEHIND = `(?:[$€£¥₹₩]|(?:${CURRENCIES.join('|')}|dollars?|euros?|pounds?|francs?|yen|bucks)\\b)`;

/** Whether two signs, words or codes may mean the same currency: `$` and `CAD` may. Where none is named it may be any. */
export function mayBeSameCurrency(one: string | undefined, other: string | undefined): boolean {
  const [these, those] = [one, other].map((sign) => (sign === undefined ? undefined : (MEANINGS.get(sign.toLowerCase()) ?? [sign])));
  return these === undefined || those === undefined || these.some((code) => those.includes(code));
}
