const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** A duration in the largest unit that needs no fraction, as `--deadline` takes it: `90s`, `2h`, `1500ms`. */
export function shortDuration(milliseconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => milliseconds > 0 && milliseconds % size === 0) ?? ['ms', 1];
  return `${milliseconds / length}${unit}`;
}
