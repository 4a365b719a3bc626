/** The middle of amounts in cents; of an even number of them the mean of the middle two, half a cent rounded up. Of none it is 0. */
export function medianCents(cents: readonly number[]): number {
  const sorted = [...cents].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? upper;
  return Math.round((lower + upper) / 2);
}
