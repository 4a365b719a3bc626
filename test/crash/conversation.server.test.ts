import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { toUsd } from '../../common/money';
import type { RunOutcome } from '../../common/run';
import { startSimulator, type Simulator } from '../../simulator/index';
import type { GuardedProcess } from '../../worker/local/guarded-process';
import { makeNamespaces } from '../helpers/namespaces';
import { startTestServer, type TestServer } from '../helpers/temporal';
import { startWorkerProcess } from '../helpers/worker-process';
import example from '../../examples/oneAgent.json';

/** The places at which an unfinished answer is not lost; the number is the turn. */
const PLACES = ['after-journal:1', 'before-completion:1', 'after-journal:2', 'before-completion:2'];

describe('kill -9 of the worker in a conversation with tools', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-crash-'));
  const workers: GuardedProcess[] = [];
  let server: TestServer;
  let simulator: Simulator;
  let connection: Connection;

  beforeAll(async () => {
    const columns = example.input.columns;
    const rules = [
      { match: { agent: 'analyst', resultsBelow: 1 }, reply: { toolUse: [{ name: 'analyzeData', input: { columns } }] } },
      {
        match: { agent: 'analyst' },
        reply: { json: { answer: 'About 424,000.', figures: [{ name: 'mean', value: 424_187.5 }], caveats: [] } },
      },
    ];
    [server, simulator] = await Promise.all([startTestServer(), startSimulator({ latency: 0, rules })]);
    connection = await Connection.connect({ address: server.address });
    await makeNamespaces(connection, PLACES.map(namespaceOf));
  }, 120_000);

  afterAll(async () => {
    for (const worker of workers) worker.kill();
    await Promise.all(workers.map((worker) => worker.ended));
    await Promise.all([connection.close(), simulator.close(), server.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const namespaceOf = (place: string): string => `talk-${place.replace(':', '-')}-${process.pid}`;

  test.concurrent.each(PLACES)(
    'at %s the conversation resumes where it was, and no turn is asked twice',
    async (failpoint) => {
      const namespace = namespaceOf(failpoint);
      const place = { address: server.address, namespace, claude: simulator.url, folder: path.join(folder, namespace) };
      const client = new Client({ connection, namespace });
      const first = await startWorkerProcess({ ...place, failpoint });
      workers.push(first);
      const workflowId = namespace;
      const handle = await client.workflow.start('oneAgent', {
        args: [example],
        taskQueue: 'troupe',
        workflowId,
        workflowTaskTimeout: '5s',
      });
      await expect(Promise.race([first.ended, handle.result().then(() => 'the run completed before')])).resolves.toMatch(/SIGKILL/);
      workers.push(await startWorkerProcess(place));
      const { result, ledger } = (await handle.result()) as RunOutcome;
      expect(result).toMatchObject({ agent: 'analyst', output: { answer: 'About 424,000.' } });
      const bill = simulator.requests({ workflow: workflowId }).filter(({ charged }) => charged);
      expect(bill.map(({ step }) => step)).toEqual(['analyst/turn 1', 'analyst/turn 2']);
      expect(ledger).toMatchObject({ requests: 2, uncertainUsd: 0, costUsd: toUsd(bill.reduce((sum, { costPico }) => sum + costPico, 0)) });
    },
    180_000,
  );
});
