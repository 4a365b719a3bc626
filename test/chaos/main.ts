import { rmSync } from 'node:fs';

import { runFaults } from './faults';
import { runCaps } from './caps';
import { runJobs } from './jobs';
import { runKills } from './kills';
import { readChaosOptions, USAGE, type ChaosOptions, type Suite } from './options';
import { countsInWords, summaryOf, tableOf, type Round } from './report';
import { runStack } from './stack';

const ARTICLES = { kills: 20, faults: 50 } as const;
const JOBS = { caps: 25 } as const;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** One round of each suite; every round has a seed of its own and can be run again with it. */
const ROUNDS: Record<Suite, (seed: number, options: ChaosOptions) => Promise<Omit<Round, 'suite' | 'seed' | 'seconds'>>> = {
  async kills(seed) {
    const report = await runKills({ seed, articles: ARTICLES.kills, log: say });
    keepIfBroken(report);
    const trouble = `${countsInWords(report.blows)}; all done ${report.recoverySeconds.toFixed(1)} s after the last`;
    return { ...report, runs: report.articles, trouble };
  },
  async faults(seed) {
    const report = await runFaults({ seed, articles: ARTICLES.faults });
    return { ...report, runs: report.articles, trouble: `${report.requests} requests: ${countsInWords(report.faults)}` };
  },
  async stack(seed) {
    const report = await runStack({ seed, log: say });
    return { ...report, runs: report.articles };
  },
  async jobs(seed, { kills, rows }) {
    const report = await runJobs({ seed, kills, rows, log: say });
    keepIfBroken(report);
    const trouble = `${countsInWords(report.kills)}; ${report.looks} looks at outputs; ${report.jobs} jobs, done ${report.recoverySeconds.toFixed(1)} s after the last kill`;
    return { ...report, runs: report.rows, degraded: [], trouble };
  },
  async caps(seed) {
    const report = await runCaps({ seed, jobs: JOBS.caps });
    return { ...report, runs: report.rows, degraded: [], trouble: `${report.jobs} jobs: ${countsInWords(report.counts)}` };
  },
};

function keepIfBroken({ folder, violations }: { readonly folder: string; readonly violations: readonly unknown[] }): void {
  if (violations.length > 0) say(`  logs and state: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}

const secondsSince = (startedAt: number): number => (Date.now() - startedAt) / 1_000;

async function runAll(options: ChaosOptions): Promise<Round[]> {
  const done: Round[] = [];
  for (const suite of options.suites) {
    for (let seed = options.seed; seed < options.seed + options.rounds; seed += 1) {
      say(`${suite}, seed ${seed}`);
      const startedAt = Date.now();
      done.push({ ...(await ROUNDS[suite](seed, options)), suite, seed, seconds: secondsSince(startedAt) });
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
