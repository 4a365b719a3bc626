import { rmSync } from 'node:fs';

import { runFaults } from './faults';
import { runKills } from './kills';
import { readChaosOptions, USAGE, type ChaosOptions, type Suite } from './options';
import { countsInWords, summaryOf, tableOf, type Round } from './report';
import { runStack } from './stack';

const ARTICLES = { kills: 20, faults: 50 } as const;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** One round of each suite; every round has a seed of its own and can be run again with it. */
const ROUNDS: Record<Suite, (seed: number) => Promise<Round>> = {
  async kills(seed) {
    const startedAt = Date.now();
    const report = await runKills({ seed, articles: ARTICLES.kills, log: say });
    if (report.violations.length > 0) say(`  logs and state: ${report.folder}`);
    else rmSync(report.folder, { recursive: true, force: true });
    const trouble = `${countsInWords(report.blows)}; all done ${report.recoverySeconds.toFixed(1)} s after the last`;
    return { ...report, suite: 'kills', trouble, seconds: secondsSince(startedAt) };
  },
  async faults(seed) {
    const report = await runFaults({ seed, articles: ARTICLES.faults });
    return { ...report, suite: 'faults', seed, trouble: `${report.requests} requests: ${countsInWords(report.faults)}` };
  },
  async stack(seed) {
    const startedAt = Date.now();
    const report = await runStack({ seed, log: say });
    return { ...report, suite: 'stack', seed, seconds: secondsSince(startedAt) };
  },
};

const secondsSince = (startedAt: number): number => (Date.now() - startedAt) / 1_000;

async function runAll({ seed, rounds, suites }: ChaosOptions): Promise<Round[]> {
  const done: Round[] = [];
  for (const suite of suites) {
    for (let round = 0; round < rounds; round += 1) {
      say(`${suite}, seed ${seed + round}`);
      done.push(await ROUNDS[suite](seed + round));
    }
  }
  return done;
}

async function main(): Promise<number> {
  const options = readChaosOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  const startedAt = Date.now();
  const rounds = await runAll(options);
  process.stdout.write(`${tableOf(rounds)}\n`);
  for (const { suite, seed, degraded, violations } of rounds) {
    for (const line of degraded) process.stdout.write(`degraded in ${suite}, seed ${seed}: ${line}\n`);
    for (const { where, what } of violations) process.stdout.write(`BROKEN in ${suite}, seed ${seed}: ${where}: ${what}\n`);
  }
  process.stdout.write(`${summaryOf(rounds, secondsSince(startedAt))}\n`);
  return rounds.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
