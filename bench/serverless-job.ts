import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Client } from '@temporalio/client';
import { parse } from 'csv-parse/sync';

import { checkRows, goodRows, type RowsOptions, type Troupe } from '../client/index';
import type { LedgerView } from '../common/ledger';
import { reviewUpdate } from '../common/messages';
import { fromUsd } from '../common/money';
import type { PipelineResult } from '../common/pipelines/types';
import { TroupeStage } from '../common/search-attributes';
import type { SimulatorStats } from '../simulator/bill-stats';
import { watchMemory, type Span } from './serverless-job/function-lives';
import { startJobStack, type JobClock } from './serverless-job/job-stack';
import { productFile } from './serverless-job/products';
import { reportOfFunctions, type Books, type ServerlessJobReport } from './serverless-job/report';

export interface ServerlessJobOptions {
  readonly rows: number;
  readonly clock: JobClock & {
    /** Seconds that the gate of the sample waits for its person. */
    readonly gateSeconds: number;
  };
  readonly say: (line: string) => void;
}

/** The world ten times as fast as it is, or more. */
export const SCALED_CLOCK = { gateSeconds: 60, batchMs: 12_000, realPace: false } as const;
/** A batch that takes two looks. */
export const REAL_CLOCK = { gateSeconds: 600, batchMs: 80_000, realPace: true } as const;

const JOB = 'bench-job';
const MOST_SAMPLED = 20;
const LOOK_MS = 100;

/** A job in the batch lane through functions of 55 s, all rows at the same time, with a sample that waits for a person. */
export async function measureServerlessJob(folder: string, options: ServerlessJobOptions): Promise<ServerlessJobReport> {
  const { rows, clock, say } = options;
  const { gateSeconds, batchMs, realPace } = clock;
  const stack = await startJobStack(folder, clock, say);
  const memory = watchMemory(stack.files);
  try {
    // The server starts one function when it is told of them.
    await stack.atZero();
    const sample = Math.min(MOST_SAMPLED, Math.ceil(rows / 4));
    const from = Date.now();
    const input = await productsIn(folder, rows);
    const run = await stack.troupe.startJob(
      { pipeline: input.pipeline, rows: goodRows(input) },
      { id: JOB, lane: 'batch', sample, concurrency: rows },
    );
    const gate = await pastGate(stack.client, gateSeconds, say);
    const { result, ledger } = await run.result();
    const job = { from, to: Date.now() };
    await stack.atZero();
    const { books, calls } = await booksOf(stack.simulator, ledger);
    return {
      rows,
      sample,
      gateSeconds,
      batchSeconds: batchMs / 1_000,
      realPace,
      seconds: (job.to - job.from) / 1_000,
      calls,
      books,
      ...(await writtenRows(stack.troupe, result, join(folder, 'out.csv'))),
      ...(await reportOfFunctions(stack, { job, gate })),
      peakMiB: memory.end(),
    };
  } finally {
    memory.end();
    await stack.close();
  }
}

async function productsIn(folder: string, rows: number): Promise<RowsOptions> {
  const input: RowsOptions = { file: join(folder, 'products.csv'), pipeline: 'productLaunch' };
  writeFileSync(input.file, productFile(rows));
  const { bad } = await checkRows(input);
  if (bad[0] !== undefined) throw new Error(`Cannot start the job: line ${bad[0].line}: ${bad[0].reason}; correct the sample products`);
  return input;
}

/** Waits for the gate of the sample and answers it after a while. Asks the server alone, for a query would be work for a function. */
async function pastGate(client: Client, gateSeconds: number, say: (line: string) => void): Promise<Span> {
  const job = client.workflow.getHandle(JOB);
  for (;;) {
    const { status, typedSearchAttributes } = await job.describe();
    if (status.name !== 'RUNNING')
      throw new Error(`Cannot measure: the job was ${status.name} before its sample was approved; see its log`);
    if (typedSearchAttributes.get(TroupeStage)?.startsWith('review/') === true) break;
    await delay(LOOK_MS);
  }
  const from = Date.now();
  say(`The sample is done; its person takes ${gateSeconds} s`);
  await delay(gateSeconds * 1_000);
  const to = Date.now();
  await job.executeUpdate(reviewUpdate, { args: [{ gate: 'sample', decision: 'approve' }] });
  return { from, to };
}

async function booksOf(simulator: string, ledger: LedgerView): Promise<{ books: Books; calls: number }> {
  const stats = (await (await fetch(`${simulator}/__sim/stats`)).json()) as SimulatorStats;
  const { costPico: billPico, duplicatesPaid, charged: calls } = stats;
  return { calls, books: { settledPico: fromUsd(ledger.costUsd), uncertainPico: fromUsd(ledger.uncertainUsd), billPico, duplicatesPaid } };
}

async function writtenRows(troupe: Troupe, { manifest, folder }: PipelineResult<'batchJob'>, file: string) {
  const output = await troupe.jobOutput({ file, order: 'input', manifest, folder });
  await output.update(true);
  const rows: Array<Record<string, string>> = parse(readFileSync(file), { columns: true });
  return { written: rows.length, keys: new Set(rows.map((row) => row['sku'])).size };
}
