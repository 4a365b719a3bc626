import Anthropic from '@anthropic-ai/sdk';

import type { Simulator } from '../../simulator';
import { causeCode, clientOf, HELLO, lastRecord, rejection, simulatorFor, stopSimulators, withFault } from './simulator-harness';

let simulator: Simulator;
let claude: Anthropic;

beforeAll(async () => {
  simulator = await simulatorFor();
  claude = clientOf(simulator);
});
afterAll(stopSimulators);

type ErrorClass = abstract new (...args: never[]) => Error;

describe('every error status reaches the SDK as its class', () => {
  const rows: ReadonlyArray<readonly [number, string, ErrorClass, boolean]> = [
    [400, 'invalid_request_error', Anthropic.BadRequestError, false],
    [401, 'authentication_error', Anthropic.AuthenticationError, false],
    [402, 'billing_error', Anthropic.PaymentRequiredError, false],
    [403, 'permission_error', Anthropic.PermissionDeniedError, false],
    [404, 'not_found_error', Anthropic.NotFoundError, false],
    [408, 'timeout_error', Anthropic.RequestTimeoutError, true],
    [409, 'conflict_error', Anthropic.ConflictError, true],
    [412, 'invalid_request_error', Anthropic.PreconditionFailedError, false],
    [413, 'request_too_large', Anthropic.ContentTooLargeError, false],
    [422, 'invalid_request_error', Anthropic.UnprocessableEntityError, false],
    [429, 'rate_limit_error', Anthropic.RateLimitError, true],
    [500, 'api_error', Anthropic.InternalServerError, true],
    [501, 'api_error', Anthropic.NotImplementedError, true],
    [502, 'api_error', Anthropic.InternalServerError, true],
    [503, 'api_error', Anthropic.ServiceUnavailableError, true],
    [504, 'timeout_error', Anthropic.GatewayTimeoutError, true],
    [529, 'overloaded_error', Anthropic.OverloadedError, true],
  ];

  test.each(rows)('status %i has type %s', async (status, type, errorClass) => {
    const error = (await rejection(claude.messages.create(HELLO, withFault(String(status))))) as InstanceType<typeof Anthropic.APIError>;
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({ status, type });
    expect(error.requestID).toMatch(/^req_01[0-9A-Za-z]{22}$/);
    expect((error.error as { request_id: string }).request_id).toBe(error.requestID);
    expect(lastRecord(simulator)).toMatchObject({ status, outcome: 'faulted', charged: false, costPico: 0, requestId: error.requestID });
  });

  test.each(rows)('status %i: the SDK itself tries again only where the table says so', async (status, _type, _class, retried) => {
    simulator.reset();
    const fault = withFault({ kind: 'status', status, retryAfterMs: 1 });
    await rejection(claude.messages.create(HELLO, { ...fault, maxRetries: 1 }));
    expect(simulator.requests().map((record) => record.retryCount)).toEqual(retried ? [0, 1] : [0]);
  });

  test.each([413, 502])('status %i as a page of HTML keeps its class and loses type and request id', async (status) => {
    const error = await rejection(claude.messages.create(HELLO, withFault({ kind: 'status', status, html: true })));
    expect(error).toBeInstanceOf(status === 413 ? Anthropic.ContentTooLargeError : Anthropic.InternalServerError);
    expect(error).toMatchObject({ status, error: undefined });
    expect((error as InstanceType<typeof Anthropic.APIError>).requestID ?? null).toBeNull();
  });

  test('an error code selects its own subclass', async () => {
    const spent = (await rejection(claude.messages.create(HELLO, withFault('spend_limit')))) as InstanceType<typeof Anthropic.APIError>;
    expect(spent).toBeInstanceOf(Anthropic.RateLimitError);
    expect(spent).toMatchObject({ errorCode: 'enforced_spend_limit_reached', name: 'EnforcedSpendLimitReachedError' });
    expect(spent.headers?.get('retry-after')).toBeNull();
    const held = await rejection(
      claude.messages.create(HELLO, withFault({ kind: 'status', status: 400, errorCode: 'organization_on_hold' })),
    );
    expect(held).toBeInstanceOf(Anthropic.BadRequestError);
  });

  test('a workspace spend limit is a 400 whose message says so', async () => {
    const error = (await rejection(claude.messages.create(HELLO, withFault('workspace_limit')))) as InstanceType<typeof Anthropic.APIError>;
    expect(error).toMatchObject({ status: 400, apiMessage: expect.stringMatching(/^You have reached your specified/) });
  });

  test('no server at all is a connection error with its cause', async () => {
    const closed = await simulatorFor();
    await closed.close();
    const error = await rejection(clientOf(closed).messages.create(HELLO));
    expect(error).toBeInstanceOf(Anthropic.APIConnectionError);
    expect(causeCode(error)).toBe('ECONNREFUSED');
  });

  test('a reset before the headers is a connection error, not charged', async () => {
    expect(await rejection(claude.messages.create(HELLO, withFault('reset_before_headers')))).toBeInstanceOf(Anthropic.APIConnectionError);
    expect(lastRecord(simulator)).toMatchObject({ outcome: 'faulted', charged: false, status: 0 });
  });

  test('an abort by the caller is APIUserAbortError', async () => {
    const abort = new AbortController();
    const pending = rejection(claude.messages.create(HELLO, { ...withFault('hang_headers'), signal: abort.signal }));
    setTimeout(() => abort.abort(), 20);
    expect(await pending).toBeInstanceOf(Anthropic.APIUserAbortError);
  });
});

describe('answers that break after status 200 are not APIErrors', () => {
  const isApiError = (error: unknown) => error instanceof Anthropic.APIError;

  test('a socket that dies inside a JSON body: TypeError "terminated"', async () => {
    const error = (await rejection(claude.messages.create(HELLO, withFault('reset_mid_stream')))) as Error;
    expect(isApiError(error)).toBe(false);
    expect(error).toMatchObject({ name: 'TypeError', message: 'terminated' });
    expect(causeCode(error)).toBe('UND_ERR_SOCKET');
    expect(lastRecord(simulator)).toMatchObject({ outcome: 'cut', charged: true });
  });

  test('a truncated JSON body with a clean end: SyntaxError', async () => {
    expect(await rejection(claude.messages.create(HELLO, withFault('truncated_json')))).toMatchObject({ name: 'SyntaxError' });
    expect(await rejection(claude.messages.create(HELLO, withFault('malformed_json')))).toMatchObject({ name: 'SyntaxError' });
  });

  test('another content type, an empty body and 204 resolve to something that is no message', async () => {
    expect(typeof (await claude.messages.create(HELLO, withFault('wrong_content_type')))).toBe('string');
    expect(await claude.messages.create(HELLO, withFault({ kind: 'empty_body', status: 204 }))).toBeNull();
    expect(await claude.messages.create(HELLO, withFault('empty_body'))).toBeUndefined();
  });

  test('an abort while a JSON body is read: AbortError', async () => {
    const abort = new AbortController();
    const pending = rejection(claude.messages.create(HELLO, { ...withFault('hang_body'), signal: abort.signal }));
    setTimeout(() => abort.abort(), 50);
    const error = await pending;
    expect((error as Error).name).toMatch(/AbortError|APIUserAbortError/);
  });

  test('the guard of long requests throws before anything is sent', async () => {
    const since = lastRecord(simulator).seq;
    expect(() => void claude.messages.create({ ...HELLO, max_tokens: 30_000 }).catch(() => undefined)).toThrow(Anthropic.AnthropicError);
    expect(simulator.requests({ since })).toEqual([]);
    expect((await claude.messages.create({ ...HELLO, max_tokens: 30_000 }, { timeout: 60_000 })).type).toBe('message');
  });
});
