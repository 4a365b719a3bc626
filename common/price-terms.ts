/** Currencies that prices may be given in, by their ISO codes. */
export const CURRENCIES = [
  'USD',
  'EUR',
  'GBP',
  'CHF',
  'JPY',
  'CAD',
  'AUD',
  'NZD',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'CNY',
  'HKD',
  'SGD',
  'KRW',
  'INR',
  'BRL',
  'MXN',
  'ZAR',
] as const;

export type Currency = (typeof CURRENCIES)[number];

/** What a price is paid for. Only prices for the same are compared; `other` with nothing. */
export const PRICE_BASES = ['once', 'hour', 'month', 'year', 'user-month', 'user-year', 'use', 'other'] as const;

export type PriceBasis = (typeof PRICE_BASES)[number];

/** The bases as a schema explains them. */
export const PRICE_BASES_EXPLAINED =
  'once: a single payment that buys it; hour: hourly; month: monthly flat; year: yearly flat; user-month: each user or seat monthly; ' +
  'user-year: each user or seat yearly; use: each call, booking or transaction; other: anything else';

/** The bases as they follow an amount. */
export const PRICE_BASIS_WORDS: { readonly [Basis in PriceBasis]: string } = {
  once: 'once',
  hour: 'per hour',
  month: 'per month',
  year: 'per year',
  'user-month': 'per user and month',
  'user-year': 'per user and year',
  use: 'per use',
  other: 'on another basis',
};
