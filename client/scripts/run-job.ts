import { checkRows, connect, goodRows, type RowsOptions } from '../index';

/** Runs a file of rows through `brief`: `node dist/client/scripts/run-job.js rows.csv out.jsonl`. */
async function main(file = 'examples/topics.csv', out = 'out.jsonl'): Promise<void> {
  const rows: RowsOptions = { file, pipeline: 'brief' };
  const { bad } = await checkRows(rows);
  for (const { line, reason } of bad) console.error(`${file}:${line}: ${reason}`);
  if (bad.length > 0) throw new Error(`Cannot start the job: ${bad.length} rows do not fit; correct them`);
  const troupe = await connect();
  try {
    const run = await troupe.startJob({ pipeline: 'brief', rows: goodRows(rows) }, { budgetUsd: 5, concurrency: 10 });
    console.error(`Watch it: ${run.url ?? run.workflowId}`);
    const { result, ledger } = await run.result();
    const output = await troupe.jobOutput({ file: out, order: 'input', manifest: result.manifest, folder: result.folder });
    await output.update(true);
    console.error(`${result.done} done, ${result.failed} failed, $${ledger.costUsd}`);
  } finally {
    await troupe.close();
  }
}

main(process.argv[2], process.argv[3]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
