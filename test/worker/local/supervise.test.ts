import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { stackFiles } from '../../../worker/local/stack-files';
import { onReplies, say, type StackReply } from '../../../worker/local/stack-messages';
import type { StackProcesses } from '../../../worker/local/stack-processes';
import { Supervisor } from '../../../worker/local/supervise';
import { connectTo } from '../../../worker/local/supervisor-socket';

const addresses = {
  temporal: '127.0.0.1:1',
  namespace: 'default',
  ui: null,
  claude: null,
  simulated: true,
  store: 'store',
  serverless: 'dev-old',
};

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(path.join(os.tmpdir(), 'troupe-supervise-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function supervisorOf(isWorkerOutdated: () => boolean): Supervisor {
  const programs = { workerScript: 'worker.js', functionScript: 'function.js', simulatorScript: 'simulator.js' };
  const processes: StackProcesses = {
    start: () => Promise.resolve({ ...addresses, dataDir }),
    note: () => undefined,
    isWorkerOutdated,
    renewWorker: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    kill: () => undefined,
  };
  const config = { dataDir, port: 0, uiPort: 0, noWorker: true, serverless: true, ...programs };
  return new Supervisor(config, {}, { log: () => undefined, create: () => processes });
}

/** The first answer that decides a join. */
async function join(anySettings: boolean) {
  const socket = await connectTo(stackFiles(dataDir).socket);
  if (socket === undefined) throw new Error('Cannot join: nobody listens');
  const answer = await new Promise<StackReply>((resolve) => {
    onReplies(socket, (reply) => {
      if (reply.type === 'ready' || reply.type === 'refused') resolve(reply);
    });
    say(socket, { type: 'join', settings: {}, anySettings });
  });
  return { socket, answer };
}

test('a new build that cannot be used is told to who wants it; the stack goes on for the others', async () => {
  const supervisor = supervisorOf(() => {
    throw new Error('Cannot tell the build: it is being made');
  });
  const running = supervisor.run();
  const first = await join(true);
  await running;
  expect(first.answer.type).toBe('ready');

  const second = await join(false);
  second.socket.destroy();
  expect(second.answer).toEqual({ type: 'refused', message: 'Cannot tell the build: it is being made' });

  const third = await join(true);
  expect(third.answer.type).toBe('ready');
  await supervisor.interrupt('the test');
  await supervisor.finished;
  for (const { socket } of [first, third]) socket.destroy();
});
