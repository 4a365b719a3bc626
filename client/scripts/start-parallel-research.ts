import { connect } from '../index';

/** Asks several viewpoints at once and shows each step as it ends. */
async function main(topic = 'Moving a nightly ETL job to event streaming'): Promise<void> {
  const troupe = await connect();
  try {
    const run = await troupe.start('parallelResearch', { topic, viewpoints: ['DevOps', 'security', 'cost'] });
    for await (const { steps } of run.watch({ intervalMs: 1_000 })) {
      console.error(steps.map(({ label, agent, state }) => `${label || agent}: ${state}`).join(', '));
    }
    const { result } = await run.result();
    console.log(result.synthesis);
    for (const { about, settled } of result.conflicts) console.log(`- ${about}: ${settled}`);
  } finally {
    await troupe.close();
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
