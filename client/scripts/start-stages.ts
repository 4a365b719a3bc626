import { readFile } from 'node:fs/promises';

import { connect, type PipelineRequest } from '../index';

/** Runs the stages of a JSON file under an id of its own: started twice, it is done once. */
async function main(file = 'examples/stages.json'): Promise<void> {
  const troupe = await connect();
  try {
    // The pipeline's schema checks it before anything starts.
    const input = JSON.parse(await readFile(file, 'utf8')) as PipelineRequest<'stages'>;
    const run = await troupe.start('stages', input, { id: 'stages-example' });
    const { result } = await run.result();
    console.log(run.attached ? 'Found the earlier run:' : 'Done:', result.text);
  } finally {
    await troupe.close();
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
