import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

import { BUNDLE_PATH } from '../worker/build-bundle';
import type { AppName } from './app';
import { measureConversation } from './conversation';
import { historyOf } from './history';
import { measureJobs } from './jobs';
import { measureLatency } from './latency';
import { measureNewsroom } from './newsroom';
import { readOptions, ROWS, type BenchOptions } from './options';
import { residentMiB } from './process-usage';
import { renderReport, type AppFootprint, type BenchReport } from './report';
import {
  growthRequirement,
  historyRequirement,
  jobRequirements,
  newsroomRequirement,
  overheadRequirement,
  rateRequirement,
  serverlessRequirements,
} from './requirements';
import { startRig, type Rig } from './rig';
import { measureScaleOut } from './scale-out';
import { measureSizing } from './sizing';
import { measureServerless } from './serverless';
import { measureServerlessJob, REAL_CLOCK, SCALED_CLOCK } from './serverless-job';
import { serverlessJobRequirements } from './serverless-job/requirements';
import { measureStartUp } from './start-up';
import { measureThroughput } from './throughput';
import { topicOf } from './topics';

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

/** Measures what was asked for, one part after the other, all in one temporary folder. */
async function bench(options: BenchOptions, folder: string): Promise<BenchReport> {
  const startedAt = new Date().toISOString();
  const wants = (part: BenchOptions['only'][number]): boolean => options.only.includes(part);
  const compared = COMPARED.some(wants) ? await compare(options, join(folder, 'rig')) : {};
  if (wants('start-up')) say('Start-up of the command line');
  const startUp = wants('start-up') ? { startUp: await measureStartUp(join(folder, 'data')) } : {};
  if (wants('serverless')) say(`Serverless: ${SERVERLESS_STARTS} articles, each from zero functions`);
  const serverless = wants('serverless') ? await measureServerless(join(folder, 'serverless'), SERVERLESS_STARTS) : undefined;
  const serverlessJob = wants('serverless-job')
    ? await measureServerlessJob(madeIn(folder, 'serverless-job'), serverlessJobOptions(options))
    : undefined;
  const conversation = wants('conversation') ? await measureConversation(say) : undefined;
  const scaleOut = wants('scale-out') ? await measureScaleOut(madeIn(folder, 'scale-out'), scaleOptions(options)) : undefined;
  const sizing = wants('sizing') ? await measureSizing(madeIn(folder, 'sizing'), { rows: options.rows ?? ROWS.sizing, say }) : undefined;
  const { latency, throughput, newsroom, jobs } = compared;
  return {
    startedAt,
    node: process.version,
    cpus: os.availableParallelism(),
    ...compared,
    ...startUp,
    ...(serverless === undefined ? {} : { serverless }),
    ...(serverlessJob === undefined ? {} : { serverlessJob }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(scaleOut === undefined ? {} : { scaleOut }),
    ...(sizing === undefined ? {} : { sizing }),
    bundleBytes: statSync(BUNDLE_PATH).size,
    requirements: [
      ...(latency === undefined ? [] : [overheadRequirement(latency)]),
      ...(throughput === undefined ? [] : [rateRequirement(throughput)]),
      ...(newsroom === undefined ? [] : [newsroomRequirement(newsroom)]),
      ...(conversation === undefined ? [] : [historyRequirement(conversation), growthRequirement(conversation)]),
      ...(serverless === undefined ? [] : serverlessRequirements(serverless)),
      ...(serverlessJob === undefined ? [] : serverlessJobRequirements(serverlessJob)),
      ...(jobs === undefined ? [] : jobRequirements(jobs)),
    ],
  };
}

const serverlessJobOptions = ({ rows = ROWS.serverlessJob, realTime }: BenchOptions) => ({
  rows,
  clock: realTime === true ? REAL_CLOCK : SCALED_CLOCK,
  say,
});

const scaleOptions = ({ rows = ROWS.scaleOut, concurrency }: BenchOptions) => ({ rows, concurrency, say });

function madeIn(folder: string, name: string): string {
  const made = join(folder, name);
  mkdirSync(made);
  return made;
}
const SERVERLESS_STARTS = 10;

/** Parts that need the rig. */
const COMPARED = ['latency', 'throughput', 'newsroom', 'jobs'] as const;

async function compare(
  options: BenchOptions,
  folder: string,
): Promise<Pick<BenchReport, 'latency' | 'throughput' | 'newsroom' | 'jobs' | 'footprint'>> {
  say('Starting server, simulator and both workers');
  const rig = await startRig({ folder, profile: options.profile });
  try {
    return {
      ...(options.only.includes('latency') && { latency: await latencyOf(rig, options) }),
      ...(options.only.includes('throughput') && { throughput: await throughputOf(rig, options) }),
      ...(options.only.includes('newsroom') && { newsroom: await newsroomOf(rig, options) }),
      ...(options.only.includes('jobs') && { jobs: await jobsOf(rig, options) }),
      footprint: { bare: await footprintOf(rig, 'bare'), troupe: await footprintOf(rig, 'troupe') },
    };
  } finally {
    await rig.close();
  }
}

function latencyOf(rig: Rig, { runs }: BenchOptions) {
  say(`Latency: ${runs} articles of each app, one at a time, in turn`);
  return measureLatency(rig, runs);
}

function throughputOf(rig: Rig, { rows = ROWS.throughput, concurrency }: BenchOptions) {
  say(`Throughput: ${rows} articles of each app, ${concurrency} at a time, block by block`);
  return measureThroughput(rig, { rows, concurrency });
}

function newsroomOf(rig: Rig, { runs }: BenchOptions) {
  say('Newsroom: one article at a time');
  return measureNewsroom(rig, runs);
}

function jobsOf(rig: Rig, { rows = ROWS.jobs, concurrency }: BenchOptions) {
  say(`Jobs: ${rows} rows of one call, ${concurrency} at a time, against as many bare child workflows`);
  return measureJobs(rig, { rows, concurrency });
}

async function footprintOf({ apps, client, pids }: Rig, name: AppName): Promise<AppFootprint> {
  const run = await apps[name].run(topicOf('footprint', 1));
  const pid = name === 'bare' ? pids.bareWorker : pids.troupeWorker;
  return { history: await historyOf(client, run), workerMiB: (await residentMiB(pid)) ?? null };
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const folder = mkdtempSync(join(os.tmpdir(), 'troupe-bench-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // The processes that were started die with this one.
    process.once(signal, () => {
      remove();
      process.exit(1);
    });
  }
  const report = await bench(options, folder).catch((error: unknown) => {
    say(`Logs are kept in ${folder}`);
    throw error;
  });
  remove();
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(renderReport(report));
  if (report.requirements.some(({ met }) => !met)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
