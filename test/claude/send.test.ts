import { classify, type Classified } from '../../claude/failures';
import { createClaude, type Claude } from '../../claude/client';
import { createFailpoints } from '../../claude/failpoints';
import { createModels } from '../../claude/models';
import { createTemplate, renderRequest } from '../../claude/request';
import { sendRequest, type RawAnswer, type StreamProgress } from '../../claude/send';
import { readSettings } from '../../common/settings';
import { eventsOf, messageStart, openStream, sendEvent, startScriptedServer, type Script, type ScriptedServer } from './scripted-server';

// The SDK prints a stream that it cannot parse, whatever its log level.
beforeAll(() => void jest.spyOn(console, 'error').mockReturnValue());
afterAll(() => void jest.restoreAllMocks());

const models = createModels(readSettings({}));
const template = createTemplate({ model: models.forTier('fast'), system: 'You help.', maxTokens: 100, effort: 'low' });
const request = renderRequest(template, 'Say hello');
const tags = { workflowId: 'run/ü', step: 'writer', agent: 'writer', attempt: 2, turn: 0 };

const opened: Array<{ close(): Promise<void> }> = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function against(
  script: Script,
  options: Partial<Parameters<typeof createClaude>[0]> = {},
): Promise<{ server: ScriptedServer; claude: Claude }> {
  const server = await startScriptedServer([script]);
  const claude = createClaude({ apiKey: 'test', baseUrl: server.url, ...options });
  opened.push(claude, server);
  return { server, claude };
}

function ask(claude: Claude, signal = new AbortController().signal, onProgress?: (p: StreamProgress) => void): Promise<RawAnswer> {
  const failpoints = createFailpoints(undefined);
  return sendRequest(claude, request, { signal, tags, failpoints, ...(onProgress ? { onProgress } : {}) });
}

async function failureOf(script: Script, options: Parameters<typeof against>[1] = {}): Promise<Classified> {
  const { claude } = await against(script, options);
  return ask(claude).then(
    () => Promise.reject(new Error('it was answered')),
    (error: unknown) => classify(error, Date.now()),
  );
}

describe('sendRequest()', () => {
  it('returns the raw message and the request id', async () => {
    const { claude, server } = await against({ answer: 'Hello there' });
    const answer = await ask(claude);
    expect(answer.message.content).toEqual([
      { type: 'thinking', thinking: '', signature: 'sig' },
      { type: 'text', text: 'Hello there', citations: null },
    ]);
    expect('parsed_output' in answer.message).toBe(false);
    expect(answer.message.usage.output_tokens).toBe(20);
    expect(answer.requestId).toBe('req_ok');
    const { stream, ...sent } = server.request(0).body;
    expect(stream).toBe(true);
    expect(JSON.stringify(sent)).toBe(request.canonical);
  });

  it('tells how far the visible answer is', async () => {
    const { claude } = await against({ answer: 'x'.repeat(400) });
    const seen: StreamProgress[] = [];
    await ask(claude, undefined, (progress) => seen.push(progress));
    expect(seen.at(-1)).toEqual({ characters: 400, outputTokens: 100, tail: 'x'.repeat(120) });
  });

  it('tags the caller only for the simulator', async () => {
    const plain = await against({ answer: 'Hi' });
    await ask(plain.claude);
    expect(Object.keys(plain.server.request(0).headers).filter((name) => name.startsWith('x-troupe'))).toEqual([]);
    const simulated = await against({ answer: 'Hi' }, { simulated: true });
    await ask(simulated.claude);
    expect(simulated.server.request(0).headers).toMatchObject({
      'x-troupe-workflow-id': 'run/%C3%BC',
      'x-troupe-step': 'writer',
      'x-troupe-agent': 'writer',
      'x-troupe-attempt': '2',
      'x-troupe-turn': '0',
    });
  });

  it('aborts the request on the wire when its signal says so', async () => {
    const { claude, server } = await against({
      raw: (response) => {
        openStream(response);
        sendEvent(response, messageStart());
        for (const event of eventsOf({ answer: 'half of it' }).slice(1, 6)) sendEvent(response, event);
      },
    });
    const controller = new AbortController();
    const gone = new Promise<void>((resolve) => {
      const asked = ask(claude, controller.signal, () => controller.abort());
      asked.catch((error: unknown) => {
        expect(classify(error, 0)).toMatchObject({ type: 'cancelled', paid: 'maybe' });
        resolve();
      });
    });
    await gone;
    for (let i = 0; i < 200 && !server.request(0).aborted; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(server.request(0).aborted).toBe(true);
  });

  it('reports a 200 without numbers in its usage as lost', async () => {
    expect(await failureOf({ answer: 'Hi', usage: { input_tokens: 'many' } })).toMatchObject({
      type: 'AnswerLost',
      paid: 'maybe',
      retryable: true,
    });
  });
});

describe('classify() over HTTP: statuses', () => {
  it.each<[string, Extract<Script, { status: number }>, Partial<Classified>]>([
    ['400', { status: 400, type: 'invalid_request_error', message: 'bad' }, { type: 'InvalidRequest', retryable: false, paid: 'no' }],
    [
      '400 spend limit',
      { status: 400, message: 'You have reached your specified API usage limits.' },
      { type: 'SpendLimit', retryable: false },
    ],
    ['401', { status: 401, type: 'authentication_error' }, { type: 'Authentication', retryable: false, paid: 'no' }],
    ['402', { status: 402, type: 'billing_error' }, { type: 'SpendLimit', retryable: false }],
    ['403', { status: 403, type: 'permission_error' }, { type: 'Authentication', retryable: false }],
    ['404', { status: 404, type: 'not_found_error' }, { type: 'InvalidRequest', retryable: false }],
    ['408', { status: 408, type: 'timeout_error' }, { type: 'Unavailable', retryable: true, paid: 'maybe' }],
    ['409', { status: 409, type: 'conflict_error' }, { type: 'Unavailable', retryable: true, paid: 'no' }],
    ['413 html', { status: 413, html: '<h1>Too large</h1>' }, { type: 'InvalidRequest', retryable: false, paid: 'no' }],
    ['422', { status: 422 }, { type: 'InvalidRequest', retryable: false }],
    [
      '429',
      { status: 429, type: 'rate_limit_error', headers: { 'retry-after': '7' } },
      { type: 'RateLimited', retryable: true, benign: true, paid: 'no', retryAfterMs: 7_000 },
    ],
    ['429 spend limit', { status: 429, code: 'enforced_spend_limit_reached' }, { type: 'SpendLimit', retryable: false }],
    ['500', { status: 500 }, { type: 'Unavailable', retryable: true, paid: 'no', benign: false }],
    ['501', { status: 501 }, { type: 'InvalidRequest', retryable: false }],
    ['502 html', { status: 502, html: 'Bad gateway' }, { type: 'Unavailable', retryable: true, paid: 'maybe' }],
    ['503', { status: 503 }, { type: 'Overloaded', retryable: true, benign: true, paid: 'no' }],
    ['504', { status: 504, type: 'timeout_error' }, { type: 'Unavailable', retryable: true, paid: 'maybe' }],
    ['529', { status: 529, type: 'overloaded_error' }, { type: 'Overloaded', retryable: true, benign: true, paid: 'no' }],
    ['500 that says no', { status: 500, headers: { 'x-should-retry': 'false' } }, { type: 'Unavailable', retryable: false }],
    ['401 that says yes', { status: 401, headers: { 'x-should-retry': 'true' } }, { type: 'Authentication', retryable: false }],
  ])('%s', async (_title, script, expected) => {
    const failed = await failureOf(script);
    expect(failed).toMatchObject({ status: script.status, ...expected });
    // The last attempt says the same, and nothing comes after it.
    expect(failed.reason).not.toMatch(/again/);
  });
});

describe('classify() over HTTP: broken answers', () => {
  const begun = (then: (response: import('node:http').ServerResponse) => void): Script => ({
    raw: (response) => {
      openStream(response);
      for (const event of eventsOf({ answer: 'half of it' }).slice(0, 6)) sendEvent(response, event);
      setImmediate(() => then(response));
    },
  });
  const lost = { type: 'AnswerLost', retryable: true, paid: 'maybe' };

  it.each<[string, Script]>([
    ['reset', begun((response) => response.destroy())],
    ['end without message_stop', begun((response) => response.end())],
    ['malformed event', begun((response) => response.end('event: content_block_delta\ndata: {"type":\n\n'))],
    [
      'api_error event',
      begun((response) => response.end('event: error\ndata: {"type":"error","error":{"type":"api_error","message":"oops"}}\n\n')),
    ],
    [
      'empty stream',
      {
        raw: (response) => {
          openStream(response);
          response.end();
        },
      },
    ],
    [
      'JSON instead of a stream',
      {
        raw: (response) => {
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":1}');
        },
      },
    ],
    [
      'wrong content type',
      {
        raw: (response) => {
          response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
        },
      },
    ],
    [
      'delta before its start',
      {
        raw: (response) => {
          openStream(response);
          sendEvent(response, messageStart());
          for (const event of eventsOf({ answer: 'x' }).slice(5, 6)) sendEvent(response, event);
          response.end();
        },
      },
    ],
  ])('%s is an answer lost', async (_title, script) => {
    expect(await failureOf(script)).toMatchObject(lost);
  });

  it('overloaded_error in the stream is no capacity, and may have been charged', async () => {
    const script = begun((response) =>
      response.end('event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n'),
    );
    expect(await failureOf(script)).toMatchObject({ type: 'Overloaded', retryable: true, benign: true, paid: 'maybe' });
  });

  it('a silent stream is cut and lost', async () => {
    expect(
      await failureOf(
        begun(() => undefined),
        { idleTimeoutMs: 200 },
      ),
    ).toMatchObject({ ...lost, reason: expect.stringContaining('fell silent') });
  });

  it('no headers in time is unavailable, possibly charged', async () => {
    expect(await failureOf({ raw: () => undefined }, { headersTimeoutMs: 100 })).toMatchObject({
      type: 'Unavailable',
      retryable: true,
      paid: 'maybe',
    });
  });

  it('a reset before the headers is unavailable, possibly charged', async () => {
    expect(await failureOf({ raw: (response) => void response.destroy() })).toMatchObject({
      type: 'Unavailable',
      retryable: true,
      paid: 'maybe',
    });
  });

  it('no file handle left for a connection is the fault of the worker, and certainly not charged', async () => {
    const fetch = () => Promise.reject(Object.assign(new Error('connect EMFILE'), { code: 'EMFILE', errno: -24, syscall: 'connect' }));
    const { claude } = await against({ answer: 'x' });
    const sdk = claude.sdk.withOptions({ fetch });
    const failed = await ask({ ...claude, sdk }).catch((error: unknown) => classify(error, 0));
    expect(failed).toMatchObject({ type: 'WorkerFault', retryable: true, paid: 'no' });
  });

  it('nobody listening is unavailable and certainly not charged', async () => {
    const { claude, server } = await against({ answer: 'x' });
    await server.close();
    opened.splice(opened.indexOf(server), 1);
    const failed = await ask(claude).catch((error: unknown) => classify(error, 0));
    expect(failed).toMatchObject({ type: 'Unavailable', retryable: true, paid: 'no' });
  });
});
