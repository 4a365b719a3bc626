import { closeSync, fstatSync, openSync, readdirSync } from 'node:fs';

/** Node itself closes what it has inherited below this when it starts a program; above it stops at the first number that is free. */
const FIRST_KEPT = 16;

/**
 * Numbers of open files that a child may inherit beside its standard streams: those of this process, and those that a shell has handed it, as
 * with `<(cat rows.csv)`. A child that outlives this process would keep the other ends of such pipes waiting.
 */
function inheritable(): number[] {
  let names: string[];
  try {
    names = readdirSync('/dev/fd');
  } catch {
    return []; // a system that has no such folder
  }
  return names.map(Number).filter((number) => number >= FIRST_KEPT && isOpen(number));
}

/** The one through which the folder was read is not any more. */
function isOpen(number: number): boolean {
  try {
    fstatSync(number);
    return true;
  } catch {
    return false;
  }
}

/**
 * Calls `start` with the `stdio` of a child that is to have these files and no others of this process: in the place of what it would inherit it
 * finds an empty file.
 */
export function withNothingElse<Child>(stdio: ReadonlyArray<'ignore' | number>, start: (stdio: Array<'ignore' | number>) => Child): Child {
  const others = inheritable().filter((number) => !stdio.includes(number));
  if (others.length === 0) return start([...stdio]);
  const empty = openSync('/dev/null', 'r');
  try {
    const all: Array<'ignore' | number> = Array.from({ length: Math.max(...others) + 1 }, (_, at) => stdio[at] ?? 'ignore');
    for (const number of others) all[number] = empty;
    return start(all);
  } finally {
    closeSync(empty);
  }
}
