import { connect } from '../index';

/** Starts an article and prints it: `node dist/client/scripts/start-article.js "Your topic"`. */
async function main(topic = 'How to build a RAG system with Python'): Promise<void> {
  const troupe = await connect();
  try {
    const run = await troupe.start('article', { topic }, { budgetUsd: 1 });
    console.error(`Watch it: ${run.url ?? run.workflowId}`);
    const { result, ledger } = await run.result();
    console.log(`# ${result.title}\n\n${result.draft}`);
    console.error(`${ledger.requests} requests, $${ledger.costUsd}`);
  } finally {
    await troupe.close();
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
