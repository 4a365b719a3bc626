import { ApplicationFailureCategory } from '@temporalio/common';
import type { Info } from '@temporalio/activity';
import { z } from 'zod';

import { MAX_LOST_ANSWERS } from '../../activities/ask-claude';
import type { CallContext } from '../../common/call';
import { NO_SPEND } from '../../common/ledger';
import { getBlob } from '../../storage/blobs';
import { echo, quietEnvironment, startActivityRig } from './activity-rig';
import { closeRigs, COST, CUT, detailsOf, failed, GOOD, rigFor, track } from './scripted-rig';

afterEach(closeRigs);

describe('callAgent()', () => {
  it('returns the checked output with what it cost', async () => {
    const { rig, server } = await rigFor([GOOD]);
    expect(await rig.attempt()).toEqual({
      kind: 'answered',
      output: { said: 'hello' },
      model: 'claude-haiku-5-5',
      requestId: 'req_ok',
      turns: 1,
      reused: false,
      spend: {
        settled: [expect.objectContaining({ model: 'claude-haiku-5-5', requests: 1, costPico: COST })],
        uncertainPico: 0,
        uncertainTokens: 0,
        uncertainRequests: 0,
      },
    });
    const { messages, system, max_tokens: maxTokens, output_config: outputConfig } = server.request(0).body;
    expect(messages).toEqual([{ role: 'user', content: 'Say "hello" 1 times.' }]);
    expect(system).toBe('Say the word.');
    expect(maxTokens).toBe(100 + 1_024);
    expect(outputConfig).toMatchObject({ effort: 'low', format: { type: 'json_schema', schema: { required: ['said'] } } });
  });

  it('answers a second attempt from the journal, whatever the prompt is by now', async () => {
    const { rig, server } = await rigFor([GOOD]);
    const first = await rig.attempt();
    expect(await rig.attempt({ word: 'another' })).toEqual(first);
    expect(server.seen).toHaveLength(1);
  });

  it('asks again for another step, generation, run or workflow', async () => {
    const { rig, server } = await rigFor(() => GOOD);
    await rig.attempt();
    await rig.attempt(undefined, { step: 'echo-2' });
    await rig.attempt(undefined, { generation: 1 });
    await rig.attempt(undefined, { firstRunId: 'other-run' });
    await rig.attempt(undefined, {}, { workflowExecution: { workflowId: 'other', runId: 'r' } } as Partial<Info>);
    expect(server.seen).toHaveLength(5);
  });

  it('reuses the answer of an earlier run only when asked to, and says so', async () => {
    const { rig, server } = await rigFor(() => GOOD);
    await rig.attempt();
    expect(await rig.attempt(undefined, { firstRunId: 'run-2', reuse: true })).toMatchObject({
      reused: true,
      output: { said: 'hello' },
      spend: { settled: [], uncertainRequests: 0 },
    });
    expect(server.seen).toHaveLength(1);
    await rig.attempt(undefined, { firstRunId: 'run-2', reuse: false });
    expect(server.seen).toHaveLength(1);
    await rig.attempt(undefined, { firstRunId: 'run-3', reuse: true, sample: 1 });
    await rig.attempt({ word: 'other' }, { firstRunId: 'run-4', reuse: true });
    expect(server.seen).toHaveLength(3);
  });

  it('refuses an input that does not fit, before anything is sent', async () => {
    const { rig, server } = await rigFor([]);
    const error = await failed(rig.attempt({ word: '' }));
    expect(error).toMatchObject({ type: 'InvalidInput', nonRetryable: true });
    expect(error.message).toMatch(/^Cannot call "echo": its input does not fit: "word": /);
    expect(server.seen).toHaveLength(0);
  });

  it('refuses to work with another store than the run, and names the cure', async () => {
    const { rig, server } = await rigFor([]);
    const error = await failed(rig.attempt(undefined, { storeId: 'elsewhere' }));
    expect(error.type).toBe('StoreMismatch');
    expect(error.message).toContain('"elsewhere"');
    expect(error.message).toContain(rig.deps.store.id);
    expect(error.message).toContain('TROUPE_STORE');
    expect(server.seen).toHaveLength(0);
  });

  it('refuses to mix simulated and real answers, and sends nothing', async () => {
    const { rig, server } = await rigFor([]);
    const error = await failed(rig.attempt(undefined, { simulated: !rig.deps.simulated }));
    expect(error.type).toBe('ClaudeMismatch');
    expect(error.message).toMatch(/^Cannot call "echo": the run began with /);
    expect(server.seen).toHaveLength(0);
  });

  it('keeps a large output without long texts in the store as a whole', async () => {
    const many = { ...echo, output: z.object({ said: z.array(z.string()) }) };
    const said = Array.from({ length: 3_000 }, () => 'x'.repeat(100));
    const { rig } = await rigFor([{ answer: JSON.stringify({ said }) }], { agents: { echo: many } });
    const outcome = (await rig.attempt()) as { output: { ref: string; preview: string } };
    expect(outcome.output).toEqual({ ref: expect.stringMatching(/^blobs\//), preview: expect.stringMatching(/^\{"said":\["x+"/) });
    expect(await getBlob(rig.deps.store, outcome.output.ref)).toEqual({ said });
  });
});

describe('callAgent() repairs', () => {
  it('feeds the issues back, with the earlier answer unchanged', async () => {
    const { rig, server } = await rigFor([{ answer: '{"said":"far too long a word"}' }, GOOD]);
    expect(await rig.attempt()).toMatchObject({
      kind: 'answered',
      turns: 2,
      output: { said: 'hello' },
      spend: { settled: [{ requests: 2, costPico: 2 * COST }] },
    });
    const [first, second] = [server.request(0).body, server.request(1).body];
    expect(second.messages.slice(0, 2)).toEqual([
      first.messages[0],
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: '', signature: 'sig' },
          { type: 'text', text: '{"said":"far too long a word"}', citations: null },
        ],
      },
    ]);
    expect(second.messages[2]?.content).toContain('"said": Too big');
    expect(second.system).toBe(first.system);
  });

  it('asks a truncated answer again with twice the room', async () => {
    const { rig, server } = await rigFor([{ answer: '{"sai', stopReason: 'max_tokens' }, GOOD]);
    await rig.attempt();
    expect(server.seen.map((request) => request.body.max_tokens)).toEqual([1_124, 2_248]);
    expect(server.request(1).body.messages).toEqual(server.request(0).body.messages);
  });

  it('gives up after two, keeps every answer with its reasons, and never asks again', async () => {
    const { rig, server } = await rigFor(() => ({ answer: 'no JSON' }));
    const error = await failed(rig.attempt());
    expect(error).toMatchObject({ type: 'OutputRejected', nonRetryable: true });
    expect(detailsOf(error)).toMatchObject({ reasons: ['the answer is not JSON'], spend: { settled: [{ requests: 3 }] } });
    const kept = JSON.parse(String(await rig.deps.store.get(String(detailsOf(error).kept))));
    expect(kept.message.content[1].text).toBe('no JSON');
    expect((await rig.deps.store.list('calls')).filter((key) => key.endsWith('.rejected.json'))).toHaveLength(3);
    expect((await failed(rig.attempt())).type).toBe('OutputRejected');
    expect(server.seen).toHaveLength(3);
  });

  it('goes on with the repair when the attempt before it died after the first turn', async () => {
    const { rig, server } = await rigFor([{ answer: 'no JSON' }, { status: 500 }, GOOD]);
    expect((await failed(rig.attempt())).type).toBe('Unavailable');
    expect(await rig.attempt({ word: 'changed meanwhile' })).toMatchObject({ turns: 2, spend: { settled: [{ requests: 2 }] } });
    expect(server.request(2).body.messages[0]?.content).toBe('Say "hello" 1 times.');
  });

  it('continues a paused turn, at most eight times', async () => {
    const { rig, server } = await rigFor([{ answer: 'thinking on', stopReason: 'pause_turn' }, GOOD]);
    expect(await rig.attempt()).toMatchObject({ turns: 2 });
    expect(server.request(1).body.messages).toHaveLength(3);
    const endless = await rigFor(() => ({ answer: 'on and on', stopReason: 'pause_turn' }));
    expect((await failed(endless.rig.attempt())).type).toBe('OutputRejected');
    expect(endless.server.seen).toHaveLength(9);
  });

  it.each([
    ['refusal', 'Refused'],
    ['model_context_window_exceeded', 'ContextWindowExceeded'],
    ['tool_use', 'OutputRejected'],
    ['something_new', 'OutputRejected'],
  ])('%s ends the call as %s with its cost and its text kept', async (stopReason, type) => {
    const stopDetails = stopReason === 'refusal' ? { type: 'refusal', category: 'cyber', explanation: 'No.' } : null;
    const { rig, server } = await rigFor([{ answer: 'partial', stopReason, ...(stopDetails ? { stopDetails } : {}) }]);
    const error = await failed(rig.attempt());
    expect(error).toMatchObject({ type, nonRetryable: true });
    expect(detailsOf(error)).toMatchObject({ spend: { settled: [{ costPico: COST }] }, kept: expect.any(String) });
    expect(server.seen).toHaveLength(1);
    if (stopReason === 'refusal') expect(error.message).toContain('(cyber): No.');
  });
});

describe('callAgent() failures', () => {
  it('401 fails at once and costs nothing', async () => {
    const { rig } = await rigFor([{ status: 401, type: 'authentication_error', message: 'invalid x-api-key' }]);
    const error = await failed(rig.attempt());
    expect(error).toMatchObject({ type: 'Authentication', nonRetryable: true });
    expect(error.message).toBe('Cannot get an answer for "echo" from Claude: invalid x-api-key; set ANTHROPIC_API_KEY to a valid key');
    expect(detailsOf(error)).toMatchObject({
      status: 401,
      requestId: 'req_error',
      spend: { settled: [], uncertainPico: 0, uncertainRequests: 0 },
    });
  });

  it('429 waits outside, and the next calls of the model are not even sent', async () => {
    const { rig, server } = await rigFor([{ status: 429, type: 'rate_limit_error', headers: { 'retry-after': '30' } }]);
    const refused = await failed(rig.attempt());
    expect(refused).toMatchObject({ type: 'RateLimited', nonRetryable: false, category: ApplicationFailureCategory.BENIGN });
    expect(refused.nextRetryDelay).toBeGreaterThanOrEqual(30_000);
    expect(refused.nextRetryDelay).toBeLessThanOrEqual(36_000);
    const held = await failed(rig.attempt(undefined, { step: 'other' }));
    expect(held).toMatchObject({ type: 'RateLimited', category: ApplicationFailureCategory.BENIGN });
    expect(held.nextRetryDelay).toBeGreaterThan(25_000);
    expect(detailsOf(held).spend).toMatchObject({ uncertainRequests: 0 });
    expect(server.seen).toHaveLength(1);
  });

  it('a lost answer is uncertain at its worst case until the end, and asked again', async () => {
    const { rig } = await rigFor([CUT, GOOD]);
    const lost = await failed(rig.attempt());
    expect(lost).toMatchObject({ type: 'AnswerLost', nonRetryable: false });
    const uncertain = detailsOf(lost).spend ?? NO_SPEND;
    expect(uncertain).toMatchObject({ settled: [], uncertainRequests: 1 });
    expect(uncertain.uncertainPico).toBeGreaterThan(COST);
    expect(await rig.attempt()).toMatchObject({
      kind: 'answered',
      spend: { settled: [{ requests: 1, costPico: COST }], uncertainRequests: 1, uncertainPico: uncertain.uncertainPico },
    });
  });

  it('stops after too many requests that may have been charged; 529 does not count', async () => {
    const { rig, server } = await rigFor((_request, n) => (n % 2 === 0 ? CUT : { status: 529, type: 'overloaded_error' }));
    for (let i = 0; i < 2 * MAX_LOST_ANSWERS; i += 1) await failed(rig.attempt());
    const error = await failed(rig.attempt());
    expect(error).toMatchObject({ type: 'TooManyLostAnswers', nonRetryable: true });
    expect(detailsOf(error).spend).toMatchObject({ uncertainRequests: MAX_LOST_ANSWERS });
    expect(server.seen).toHaveLength(2 * MAX_LOST_ANSWERS);
  });

  it('insists on writing down an answer that is paid for', async () => {
    const { rig: healthy, server } = await rigFor([GOOD]);
    let failures = 1;
    const store = {
      ...healthy.deps.store,
      put: (...[key, bytes, options]: Parameters<typeof healthy.deps.store.put>) =>
        key.endsWith('.answer.json') && failures-- > 0
          ? Promise.reject(new Error('EMFILE: too many open files'))
          : healthy.deps.store.put(key, bytes, options),
    };
    const rig = await startActivityRig(server.url, { store });
    track(rig);
    expect(await rig.attempt()).toMatchObject({ kind: 'answered', spend: { settled: [{ requests: 1 }], uncertainRequests: 0 } });
    expect(failures).toBe(-1);
  });

  it('a failing store is tried again, a call without its context is refused', async () => {
    const { rig, server } = await rigFor(() => GOOD);
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { errno: -28, syscall: 'write', code: 'ENOSPC' });
    const store = { ...rig.deps.store, put: () => Promise.reject(full) };
    const broken = await startActivityRig(server.url, { store });
    track(broken);
    expect(await failed(broken.attempt())).toMatchObject({ type: 'WorkerFault', nonRetryable: false });
    expect(server.seen).toHaveLength(0);
    const bare = failed(quietEnvironment().run(rig.echo, { word: 'x' }, undefined as unknown as CallContext));
    expect(await bare).toMatchObject({ type: 'InvalidInput' });
  });
});
