import { connect, TroupeError } from '../index';

/** Starts a brief that may cost two cents and shows what was done if that is not enough. */
async function main(topic = 'Idempotency keys in HTTP APIs'): Promise<void> {
  const troupe = await connect();
  try {
    const run = await troupe.start('brief', { topic }, { budgetUsd: 0.02 });
    const { result } = await run.result();
    console.log(result.paragraphs.join('\n\n'));
  } catch (error) {
    if (!(error instanceof TroupeError) || error.code !== 'budget-reached') throw error;
    console.log('The budget was reached; done by then:', error.unfinished?.blackboard?.artifacts);
  } finally {
    await troupe.close();
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
