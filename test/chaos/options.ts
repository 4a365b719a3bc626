import { parseArgs } from 'node:util';

export const SUITES = ['kills', 'faults', 'stack'] as const;
export type Suite = (typeof SUITES)[number];

export interface ChaosOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly suites: readonly Suite[];
}

export const USAGE = `Usage: npm run chaos -- [--seed N] [--rounds N] [--only ${SUITES.join('|')}]
  --seed N     first seed; each round has the next one (default 1)
  --rounds N   rounds of each suite (default 3; faults have one round of 50 articles for each)
  --only NAME  one suite instead of all
`;

/** @throws Error naming what is wrong. */
export function readChaosOptions(args: readonly string[]): ChaosOptions | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { seed: text, rounds: text, only: text, help: { type: 'boolean' } } });
  if (values.help === true) return 'help';
  const { only } = values;
  const suites = SUITES.filter((suite) => only === undefined || suite === only);
  if (suites.length === 0) throw new Error(`Cannot run "${only}": no such suite; use one of ${SUITES.join(', ')}`);
  return { seed: whole('seed', values.seed, 1), rounds: whole('rounds', values.rounds, 3), suites };
}

function whole(name: string, given: string | undefined, fallback: number): number {
  const value = given === undefined ? fallback : Number(given);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new Error(`Cannot read --${name}: "${given}" is not a whole number from 1; give one`);
}
