import { CancelledFailure } from '@temporalio/common';

import { eventsOf, messageStart, openStream, sendEvent } from '../claude/scripted-server';
import { quietEnvironment } from './activity-rig';
import { closeRigs, COST, CUT, detailsOf, failed, GOOD, rigFor } from './scripted-rig';

afterEach(closeRigs);

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

describe('callAgent() under cancellation', () => {
  it('aborts the request and closes as cancelled with what may have been charged', async () => {
    const started = deferred();
    const gone = deferred();
    const { rig } = await rigFor([
      {
        raw: (response) => {
          openStream(response);
          sendEvent(response, messageStart());
          response.on('close', gone.resolve);
          started.resolve();
        },
      },
    ]);
    const environment = quietEnvironment();
    const run = environment.run(rig.echo, { word: 'hello' }, rig.context()).catch((error: unknown) => error);
    await started.promise;
    environment.cancel('CANCELLED');
    const error = (await run) as CancelledFailure;
    expect(error).toBeInstanceOf(CancelledFailure);
    expect(error.details).toEqual([{ spend: expect.objectContaining({ uncertainRequests: 1 }) }]);
    await gone.promise;
    expect(rig.log.at(-1)).toMatchObject({ outcome: 'cancelled' });
  });

  it('sends nothing when it is cancelled before', async () => {
    const { rig, server } = await rigFor([]);
    const environment = quietEnvironment();
    environment.cancel('CANCELLED');
    const run = environment.run(rig.echo, { word: 'hello' }, rig.context());
    await expect(run).rejects.toThrow(CancelledFailure);
    expect(server.seen).toHaveLength(0);
  });
});

describe('callAgent() heartbeats', () => {
  it('beats once a second with how far the answer is', async () => {
    let end = (): void => undefined;
    const { rig } = await rigFor([
      {
        raw: (response) => {
          const events = eventsOf(GOOD);
          openStream(response);
          for (const event of events.slice(0, 6)) sendEvent(response, event);
          end = () => {
            for (const event of events.slice(6)) sendEvent(response, event);
            response.end();
          };
        },
      },
    ]);
    const environment = quietEnvironment();
    const beat = new Promise((resolve) => environment.on('heartbeat', resolve));
    const run = environment.run(rig.echo, { word: 'hello' }, rig.context());
    expect(await beat).toEqual({ model: 'claude-haiku-5-5', characters: 8, outputTokens: 2, turn: 0, tail: '{"said":' });
    end();
    await run;
  });
});

describe('callAgent() with a key that cannot be sent', () => {
  it.each(['sk-ant-api03-firstpart\nsecond-part-0123456789', 'sk-ant-api03-firstpart…second-part-0123456789'])(
    'fails for good, unpaid, and %j is nowhere in the failure',
    async (apiKey) => {
      const { rig, server } = await rigFor([], { claudeOptions: { apiKey } });
      const error = await failed(rig.attempt());
      expect(error).toMatchObject({ type: 'Authentication', nonRetryable: true });
      expect(detailsOf(error).spend).toMatchObject({ settled: [], uncertainRequests: 0 });
      expect(JSON.stringify([error.message, error.stack, error.details, rig.log])).not.toMatch(/firstpart|second-part/);
      expect(server.seen).toHaveLength(0);
    },
  );

  it('repeats no key that the other end puts into its error', async () => {
    const { rig } = await rigFor([{ status: 400, message: 'wrong key sk-ant-api03-abcdefgh and my-very-own-key-1' }], {
      claudeOptions: { apiKey: 'my-very-own-key-1' },
    });
    const error = await failed(rig.attempt());
    expect(error.message).toContain('wrong key sk-*** and ***');
    expect(JSON.stringify([error.message, error.stack, error.details, rig.log])).not.toMatch(/abcdefgh|my-very-own/);
  });
});

describe('callAgent() log', () => {
  it('writes one line an attempt, with cut previews and no key', async () => {
    const { rig } = await rigFor([CUT, GOOD]);
    await failed(rig.attempt());
    await rig.attempt({ word: `sk-ant-secret123456 ${'w'.repeat(400)}` }, {}, { attempt: 2 });
    expect(rig.log).toHaveLength(2);
    expect(rig.log[0]).toMatchObject({
      outcome: 'AnswerLost',
      costUsd: 0,
      outputTokens: 0,
      attempt: 1,
      turns: 0,
      reason: expect.any(String),
    });
    expect(rig.log[1]).toEqual({
      event: 'call',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      traceId: 'trace-1',
      workflowId: 'test',
      runId: expect.any(String),
      pipeline: 'echoRun',
      agent: 'echo',
      step: 'echo',
      model: 'claude-haiku-5-5',
      inputTokens: 100,
      outputTokens: 20,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      latencyMs: expect.any(Number),
      costUsd: COST / 1e12,
      attempt: 2,
      turns: 1,
      reused: false,
      outcome: 'answered',
      requestId: 'req_ok',
      prompt: expect.any(String),
      answer: '{"said":"hello"}',
    });
    expect(rig.log[1]?.prompt).toHaveLength(200);
    expect(JSON.stringify(rig.log)).not.toMatch(/secret|sk-test-key/);
  });
});
