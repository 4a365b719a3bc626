import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { CALL_FAILPOINTS } from '../../claude/failpoints';
import { startSimulator, type Simulator } from '../../simulator/index';
import { openStore } from '../../storage/open-store';
import type { GuardedProcess } from '../../worker/local/guarded-process';
import { auditArticle, startArticle, type ArticleOutcome } from '../helpers/article-runs';
import type { Audit } from '../helpers/audit-run';
import { makeNamespaces } from '../helpers/namespaces';
import { readRunJournal } from '../helpers/run-journal';
import { startTestServer, type TestServer } from '../helpers/temporal';
import { startWorkerProcess, storeFolder } from '../helpers/worker-process';

type Place = keyof typeof CALL_FAILPOINTS;

/** The visit at which the worker dies: in the middle of the article, in another step at each place. */
const VISITS: Record<Place, number> = {
  'call-start': 4,
  'after-lookup': 5,
  'before-intent': 2,
  'after-intent': 3,
  'after-headers': 5,
  'mid-stream': 3,
  'after-answer': 4,
  'after-journal': 5,
  'after-checks': 3,
  'before-completion': 6,
};

interface Crash {
  readonly ended: string;
  /** Requests without an answer when the worker was dead. */
  readonly openAtKill: number;
  /** Answers that were in the journal when the worker was dead. */
  readonly answersAtKill: number;
  readonly outcome: ArticleOutcome;
  readonly audit: Audit;
}

describe('kill -9 of the worker at a failpoint of an article', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-crash-'));
  const crashes = new Map<string, Promise<Crash>>();
  const workers: GuardedProcess[] = [];
  let server: TestServer;
  let simulator: Simulator;
  let connection: Connection;

  beforeAll(async () => {
    [server, simulator] = await Promise.all([startTestServer(), startSimulator({ latencyMs: 300 })]);
    connection = await Connection.connect({ address: server.address });
    const serial = `${process.pid}`;
    await makeNamespaces(
      connection,
      Object.keys(VISITS).map((name) => `${name}-${serial}`),
    );
    // All at once: each of them mostly waits for Temporal to notice that its worker has died.
    for (const [name, visit] of Object.entries(VISITS)) {
      const crash = crashAt(`${name}:${visit}`, `${name}-${serial}`);
      crash.catch(() => undefined);
      crashes.set(name, crash);
    }
  }, 120_000);

  afterAll(async () => {
    for (const worker of workers) worker.kill();
    await Promise.all(workers.map((worker) => worker.ended));
    await Promise.all([connection.close(), simulator.close(), server.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function crashAt(failpoint: string, namespace: string): Promise<Crash> {
    const place = { address: server.address, namespace, claude: simulator.url, folder: path.join(folder, namespace) };
    const client = new Client({ connection, namespace });
    const first = await startWorkerProcess({ ...place, failpoint });
    workers.push(first);
    const run = await startArticle(client, `article-${namespace}`);
    const ended = await Promise.race([first.ended, run.handle.result().then(() => 'nothing: the run completed before')]);
    const store = await openStore(storeFolder(place.folder));
    const atKill = await readRunJournal(store, run.key);
    workers.push(await startWorkerProcess(place));
    const outcome = (await run.handle.result()) as ArticleOutcome; // started by name
    const books = { store, readBill: (workflow: string) => simulator.requests({ workflow }) };
    const audit = await auditArticle(run, outcome, books);
    return { ended, openAtKill: atKill.open.length, answersAtKill: atKill.answers.length, outcome, audit };
  }

  test.each(Object.entries(CALL_FAILPOINTS))(
    'at %s (%s) the run goes on and nothing is paid twice',
    async (name) => {
      const crash = await crashes.get(name);
      expect(crash?.ended).toBe('SIGKILL');
      // In the middle: something was under way or done, and not everything.
      expect((crash?.answersAtKill ?? 0) + (crash?.openAtKill ?? 0)).toBeGreaterThan(0);
      expect(crash?.outcome.ledger.requests).toBe(7);
      expect(crash?.outcome.result.findings).toHaveLength(3);
      expect(crash?.outcome.degraded).toEqual([]);
      expect(crash?.audit.violations).toEqual([]);
      expect(crash?.audit.extra).toBeLessThanOrEqual(crash?.openAtKill ?? 0);
    },
    // The first one waits for the others, which share the machine with it.
    240_000,
  );
});
