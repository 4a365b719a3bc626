import { type JsonRequest, requestJson } from '../../../../activities/tools/connectors/request-json';
import { failed } from '../../scripted-rig';
import { type DataServer, json, startDataServer, text } from '../data-server';

const KEY = 's3cret-k3y';

describe('requestJson()', () => {
  let server: DataServer;
  beforeEach(async () => {
    server = await startDataServer();
  });
  afterEach(() => server.close());

  const ask = (more: Partial<JsonRequest> = {}) =>
    requestJson({
      tool: 'lookup',
      url: `${server.url}/v1/rows?apikey=${KEY}`,
      headers: { authorization: `Bearer ${KEY}` },
      signal: new AbortController().signal,
      ...more,
    });
  const fails = async (more: Partial<JsonRequest> = {}) => {
    const error = await failed(ask(more));
    expect(JSON.stringify([error.message, error.details, error.cause])).not.toContain(KEY);
    return error;
  };

  it('asks by GET with the headers and returns the value and the headers of the answer', async () => {
    server.answer = json({ rows: [1] }, 200, { link: '<next>' });
    const answer = await ask();
    expect(answer).toMatchObject({ found: true, value: { rows: [1] } });
    expect(answer.found && answer.headers.get('link')).toBe('<next>');
    expect(server.arrived[0]).toMatchObject({
      method: 'GET',
      target: `/v1/rows?apikey=${KEY}`,
      headers: { authorization: `Bearer ${KEY}`, accept: 'application/json' },
    });
  });

  it('sends JSON and forms by POST', async () => {
    await ask({ body: { query: '{ shop }' } });
    await ask({ form: { grant_type: 'client_credentials', scope: 'a b&c' } });
    expect(server.arrived.map(({ method, headers, body }) => [method, headers['content-type'], body])).toEqual([
      ['POST', 'application/json', '{"query":"{ shop }"}'],
      ['POST', 'application/x-www-form-urlencoded;charset=UTF-8', 'grant_type=client_credentials&scope=a+b%26c'],
    ]);
  });

  it.each([404, 410])('leaves it to the caller what %i means', async (status) => {
    server.answer = json({ error: 'none' }, status);
    expect(await ask()).toEqual({ found: false });
  });

  it.each([
    [401, 'it refuses the key (401); check the key of "lookup" in the tools file'],
    [403, 'it refuses the key (403); check the key of "lookup" in the tools file'],
    [400, 'it refuses the request (400); check the section of "lookup" in the tools file'],
    [422, 'it refuses the request (422); check the section of "lookup" in the tools file'],
    [304, 'it refuses the request (304); check the section of "lookup" in the tools file'],
  ])('takes %i as final and quotes nothing of the service', async (status, why) => {
    server.answer = json(`no entry for ${KEY}`, status);
    if (status === 304) server.answer = text('', status);
    expect(await fails()).toMatchObject({
      type: 'ToolFailed',
      nonRetryable: true,
      message: `Cannot ask "${server.host}" for "lookup": ${why}`,
      details: [{ status }],
    });
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 529])('takes %i as passing', async (status) => {
    server.answer = text('<h1>Busy</h1>', status, { 'retry-after': '7' });
    expect(await fails()).toMatchObject({ nonRetryable: false, nextRetryDelay: 7_000, details: [{ status }] });
  });

  it('waits until the date that a service names, and as the call does by itself when it names none', async () => {
    server.answer = text('', 429, { 'retry-after': new Date(Date.now() + 90_000).toUTCString() });
    const { nextRetryDelay, message } = await fails();
    expect(nextRetryDelay).toBeGreaterThan(80_000);
    expect(nextRetryDelay).toBeLessThanOrEqual(90_000);
    expect(message).toBe(`Cannot ask "${server.host}" for "lookup": it has had too many requests (429); it is tried again`);
    server.answer = text('', 429, { 'retry-after': 'soon' });
    expect(await fails()).toMatchObject({ nonRetryable: false, nextRetryDelay: undefined });
  });

  it.each([
    ['a page of HTML', '<html>hello</html>'],
    ['half a JSON text', '{"rows":[1,'],
    ['nothing', ''],
  ])('takes %s as final', async (_, body) => {
    server.answer = text(body);
    expect(await fails()).toMatchObject({
      nonRetryable: true,
      message: `Cannot ask "${server.host}" for "lookup": its answer is not JSON; check the address of "lookup" in the tools file`,
    });
  });

  it('reads JSON with a byte order mark', async () => {
    server.answer = text('\uFEFF{"a":1}');
    expect(await ask()).toMatchObject({ value: { a: 1 } });
  });

  it('reads no more than it may, also of an answer without an end', async () => {
    server.answer = json('x'.repeat(98));
    expect(await ask({ maxBytes: 100 })).toMatchObject({ found: true });
    server.answer = (_, response) => {
      const chunk = 'x'.repeat(10_000);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
    expect(await fails({ maxBytes: 100_000 })).toMatchObject({
      nonRetryable: true,
      message: `Cannot ask "${server.host}" for "lookup": its answer has more than 100000 bytes; ask for less at once`,
    });
  });

  it('takes no answer in time as passing, before the headers and in the middle of the answer', async () => {
    const late = { nonRetryable: false, message: expect.stringContaining('it did not answer within 100 ms; it is tried again') as string };
    server.answer = () => {};
    expect(await fails({ timeoutMs: 100 })).toMatchObject(late);
    server.answer = (_, response) => void response.write('{"rows":');
    expect(await fails({ timeoutMs: 100 })).toMatchObject(late);
  });

  it('takes a connection that fails or breaks off as passing', async () => {
    server.answer = (_, response) => void response.destroy();
    expect(await fails()).toMatchObject({ nonRetryable: false, message: expect.stringContaining('the connection failed') as string });
    server.answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"rows":', () => response.destroy());
    };
    expect(await fails()).toMatchObject({ nonRetryable: false });
    await server.close();
    expect(await fails()).toMatchObject({
      nonRetryable: false,
      message: `Cannot ask "${server.host}" for "lookup": the connection failed (ECONNREFUSED); it is tried again`,
    });
  });

  it('ends with the reason of its signal', async () => {
    const reason = new Error('cancelled');
    const controller = new AbortController();
    server.answer = () => controller.abort(reason);
    await expect(ask({ signal: controller.signal })).rejects.toBe(reason);
    await expect(ask({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.arrived).toHaveLength(1);
  });

  it('follows redirects within the same origin', async () => {
    const moved = json({ moved: true });
    const redirect = text('', 301, { location: '/v2' });
    server.answer = (request, response) => (request.url.pathname === '/v2' ? moved : redirect)(request, response);
    expect(await ask()).toMatchObject({ value: { moved: true } });
  });

  it('takes neither a key nor a question to another host', async () => {
    const other = await startDataServer();
    try {
      server.answer = text('', 302, { location: `${other.url}/steal?token=${KEY}` });
      expect(await fails()).toMatchObject({
        nonRetryable: true,
        message: `Cannot ask "${server.host}" for "lookup": it redirects to another place, "${other.url}"; write the address that it answers at into the tools file`,
      });
      expect(other.arrived).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it.each([
    ['without end', { location: '/again' }, {}, 'it redirects more than 3 times'],
    ['to nowhere', { location: 'http://[' }, {}, 'it redirects to another place, "nowhere"'],
    ['what was sent', { location: '/again' }, { body: {} }, 'it redirects what was sent to it (307)'],
  ])('does not follow redirects %s', async (_, headers, more, why) => {
    server.answer = text('', 307, headers);
    expect(await fails(more)).toMatchObject({ nonRetryable: true, message: expect.stringContaining(why) as string });
    expect(server.arrived.length).toBeLessThanOrEqual(4);
  });

  it.each([
    ['a key with a line end', { headers: { authorization: `Bearer ${KEY}\nx: y` } }, 'one of its headers cannot be sent'],
    ['no address', { url: `not ${KEY}` }, 'Cannot ask "the service" for "lookup": its address is no plain http or https address'],
    ['another protocol', { url: `file:///etc/${KEY}` }, 'no plain http or https address'],
    ['a password in the address', { url: `http://me:${KEY}@127.0.0.1/` }, 'no plain http or https address'],
  ])('refuses %s and names no part of it', async (_, more, why) => {
    expect(await fails(more)).toMatchObject({ nonRetryable: true, message: expect.stringContaining(why) as string });
    expect(server.arrived).toEqual([]);
  });
});
