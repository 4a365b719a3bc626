/**
 * Money in integer pico-dollars (1 USD = 10^12 pico-dollars). Every list price per million tokens, halved for a batch or
 * scaled for a region, is a whole number of pico-dollars per token, so sums never round. Rounding is for display only.
 */
export type PicoUsd = number;

export const PICO_PER_USD = 1e12;

/** The exact decimal value in dollars, as a JSON-friendly number. */
export function toUsd(pico: PicoUsd): number {
  return Number((pico / PICO_PER_USD).toFixed(12));
}

/** Dollars to whole pico-dollars; a cap is rounded down, so that it stays a cap. */
export function fromUsd(usd: number): PicoUsd {
  return Math.floor(Number((usd * PICO_PER_USD).toPrecision(15)));
}

/** Dollars for people: cents when it is dollars, four significant digits when it is less. */
export function formatUsd(pico: PicoUsd): string {
  const usd = pico / PICO_PER_USD;
  if (usd === 0) return '$0';
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  return `$${Number(usd.toPrecision(3)).toFixed(Math.max(2, 2 - Math.floor(Math.log10(usd))))}`;
}
