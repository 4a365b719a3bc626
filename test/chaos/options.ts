import { parseArgs } from 'node:util';

export const SUITES = ['kills', 'faults', 'stack', 'jobs', 'caps'] as const;
export type Suite = (typeof SUITES)[number];

export interface ChaosOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly suites: readonly Suite[];
  /** Of the suite `jobs`: kills of a round, and rows of each job. */
  readonly kills: number;
  readonly rows: number;
}

/** Rounds of a suite unless told otherwise. */
const ROUNDS = 3;
const DEFAULTS = { kills: 50, rows: 500 } as const;

export const USAGE = `Usage: npm run chaos -- [--seed N] [--rounds N] [--kills N] [--rows N] [--only ${SUITES.join('|')}]
  --seed N     first seed; each round has the next one (default 1)
  --rounds N   rounds of each suite (default ${ROUNDS}; faults have one round of 50 articles for each, caps 25 jobs of 20 rows)
  --kills N    kills of a round of the suite jobs (default ${DEFAULTS.kills})
  --rows N     rows of each job of the suite jobs (default ${DEFAULTS.rows})
  --only NAME  one suite instead of all
`;

/** @throws Error naming what is wrong. */
export function readChaosOptions(args: readonly string[]): ChaosOptions | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { seed: text, rounds: text, kills: text, rows: text, only: text, help: { type: 'boolean' } },
  });
  if (values.help === true) return 'help';
  const { only } = values;
  const suites = SUITES.filter((suite) => only === undefined || suite === only);
  if (suites.length === 0) throw new Error(`Cannot run "${only}": no such suite; use one of ${SUITES.join(', ')}`);
  return {
    seed: whole('seed', values.seed, 1),
    rounds: whole('rounds', values.rounds, ROUNDS),
    suites,
    kills: whole('kills', values.kills, DEFAULTS.kills),
    rows: whole('rows', values.rows, DEFAULTS.rows),
  };
}

function whole(name: string, given: string | undefined, fallback: number): number {
  const value = given === undefined ? fallback : Number(given);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new Error(`Cannot read --${name}: "${given}" is not a whole number from 1; give one`);
}
