import Anthropic from '@anthropic-ai/sdk';
import { CompactionUnavailableError } from '@anthropic-ai/sdk/resources/messages/messages';
import {
  ContractSpendLimitReachedError,
  EnforcedSpendLimitReachedError,
  OrganizationOnHoldError,
  RampLimitExceededError,
} from '@anthropic-ai/sdk/resources/shared';
import { Agent, fetch as undiciFetch } from 'undici';

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
type SdkError = InstanceType<typeof Anthropic.APIError>;

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
    const error = (await rejection(claude.messages.create(HELLO, withFault(String(status))))) as SdkError;
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({ status, type, name: errorClass.name });
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
    const error = await rejection(claude.messages.create(HELLO, withFault({ kind: 'status', status, body: 'html' })));
    expect(error).toBeInstanceOf(status === 413 ? Anthropic.ContentTooLargeError : Anthropic.InternalServerError);
    expect(error).toMatchObject({ status, error: undefined, type: null, apiMessage: null });
    expect((error as SdkError).requestID).toBeNull();
  });

  test.each(['empty', 'broken'])('a body that is %s keeps the class and the id of the header, and loses type and message', async (body) => {
    const error = await rejection(claude.messages.create(HELLO, withFault({ kind: 'status', status: 529, body })));
    expect(error).toBeInstanceOf(Anthropic.OverloadedError);
    expect(error).toMatchObject({ status: 529, error: undefined, type: null, apiMessage: null, errorCode: null });
    expect((error as SdkError).requestID).toBe(lastRecord(simulator).requestId);
  });

  test('an error carries status, headers, ids and Claude’s words; its headers are lost in JSON', async () => {
    const fault = withFault({ kind: 'status', status: 403, message: 'Not yours', errorCode: 'some_code' });
    const error = (await rejection(claude.messages.create(HELLO, fault))) as SdkError;
    const body = {
      type: 'error',
      error: { type: 'permission_error', message: 'Not yours', details: { error_code: 'some_code' } },
      request_id: lastRecord(simulator).requestId,
    };
    expect(error).toMatchObject({
      name: 'PermissionDeniedError',
      apiMessage: 'Not yours',
      type: 'permission_error',
      errorCode: 'some_code',
      details: { error_code: 'some_code' },
      requestID: body.request_id,
      workspaceID: expect.stringMatching(/^wrkspc_/),
      error: body,
      message: `403 ${JSON.stringify(body)}`,
    });
    expect(error.headers?.get('anthropic-organization-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(JSON.stringify(error.headers))).toEqual({});
  });

  const codes: ReadonlyArray<readonly [number, string, string, ErrorClass, ErrorClass]> = [
    [400, 'organization_on_hold', 'OrganizationOnHoldError', OrganizationOnHoldError, Anthropic.BadRequestError],
    [429, 'ramp_limit_exceeded', 'RampLimitExceededError', RampLimitExceededError, Anthropic.RateLimitError],
    [429, 'enforced_spend_limit_reached', 'EnforcedSpendLimitReachedError', EnforcedSpendLimitReachedError, Anthropic.RateLimitError],
    [429, 'contract_spend_limit_reached', 'ContractSpendLimitReachedError', ContractSpendLimitReachedError, Anthropic.RateLimitError],
    [529, 'compaction_unavailable', 'CompactionUnavailableError', CompactionUnavailableError, Anthropic.OverloadedError],
  ];

  test.each(codes)('status %i with code %s is a %s', async (status, errorCode, name, errorClass, base) => {
    const error = await rejection(claude.messages.create(HELLO, withFault({ kind: 'status', status, errorCode })));
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toBeInstanceOf(base);
    expect(error).toMatchObject({ name, status, errorCode, details: { error_code: errorCode } });
  });

  test('an unknown code falls back to the class of the status', async () => {
    const error = await rejection(claude.messages.create(HELLO, withFault({ kind: 'status', status: 429, errorCode: 'moon_phase' })));
    expect((error as object).constructor).toBe(Anthropic.RateLimitError);
    expect(error).toMatchObject({ name: 'RateLimitError', errorCode: 'moon_phase' });
  });

  test('a ramp limit says when to come back, a spend limit does not', async () => {
    const ramp = await rejection(claude.messages.create(HELLO, withFault('ramp_limit')));
    expect(ramp).toBeInstanceOf(RampLimitExceededError);
    expect((ramp as SdkError).headers?.get('retry-after')).toBe('1');
    const spent = await rejection(claude.messages.create(HELLO, withFault('spend_limit')));
    expect(spent).toBeInstanceOf(EnforcedSpendLimitReachedError);
    expect((spent as SdkError).headers?.get('retry-after')).toBeNull();
  });

  test.each(['memory_precondition_failed_error', 'memory_path_conflict_error'])('type %s passes through', async (type) => {
    const error = await rejection(claude.messages.create(HELLO, withFault({ kind: 'status', status: 409, type })));
    expect(error).toBeInstanceOf(Anthropic.ConflictError);
    expect(error).toMatchObject({ type });
  });

  test('a workspace spend limit is a 400 whose message says so', async () => {
    const error = (await rejection(claude.messages.create(HELLO, withFault('workspace_limit')))) as SdkError;
    expect(error).toMatchObject({ status: 400, apiMessage: expect.stringMatching(/^You have reached your specified/) });
  });

  test('no server at all is a connection error with its cause', async () => {
    const closed = await simulatorFor();
    await closed.close();
    const error = await rejection(clientOf(closed).messages.create(HELLO));
    expect(error).toBeInstanceOf(Anthropic.APIConnectionError);
    expect(error).toMatchObject({ message: 'Connection error.', status: undefined, cause: { name: 'TypeError' } });
    expect(causeCode(error)).toBe('ECONNREFUSED');
  });

  test('a host that does not exist is a connection error with its cause', async () => {
    // The answer of a name server, without asking one.
    const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND claude.invalid'), { code: 'ENOTFOUND' });
    const dispatcher = new Agent({ connect: { lookup: (_name, _options, done) => done(notFound, []) } });
    const fetch = ((url: string, init: object) => undiciFetch(url, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
    const error = await rejection(clientOf(simulator, { fetch, baseURL: 'http://claude.invalid' }).messages.create(HELLO));
    expect(error).toBeInstanceOf(Anthropic.APIConnectionError);
    expect(error).toMatchObject({ message: 'Connection error.' });
    expect(causeCode(error)).toBe('ENOTFOUND');
  });

  test('a reset before the headers is a connection error, not charged', async () => {
    const error = await rejection(claude.messages.create(HELLO, withFault('reset_before_headers')));
    expect(error).toBeInstanceOf(Anthropic.APIConnectionError);
    expect(error).toMatchObject({ name: 'APIConnectionError', message: 'Connection error.' });
    expect(causeCode(error)).toMatch(/^(?:UND_ERR_SOCKET|ECONNRESET)$/);
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

  test('an abort while a JSON body is read: AbortError, which is no APIError', async () => {
    const abort = new AbortController();
    const fetch = (async (url: string, init: object) => {
      const response = await undiciFetch(url, init);
      setImmediate(() => abort.abort());
      return response;
    }) as unknown as typeof globalThis.fetch;
    const pending = clientOf(simulator, { fetch }).messages.create(HELLO, { ...withFault('hang_body'), signal: abort.signal });
    const error = await rejection(pending);
    expect((error as object).constructor.name).toBe('DOMException');
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(isApiError(error)).toBe(false);
  });
});

describe('mistakes of the caller throw before anything is sent', () => {
  test('two kinds of key, and retries that are no whole number', async () => {
    const fresh = await simulatorFor();
    expect(() => clientOf(fresh, { authToken: 'token' })).toThrow(TypeError);
    expect(() => clientOf(fresh, { maxRetries: -1 })).toThrow(Anthropic.AnthropicError);
    expect(() => clientOf(fresh, { maxRetries: 0.5 })).toThrow(Anthropic.AnthropicError);
    expect(fresh.requests()).toEqual([]);
  });

  test('an answer that may take longer than ten minutes must be streamed', async () => {
    const fresh = await simulatorFor();
    const ask = () =>
      void clientOf(fresh)
        .messages.create({ ...HELLO, max_tokens: 21_334 })
        .catch(() => undefined);
    expect(ask).toThrow(/^Streaming is required/);
    expect(ask).toThrow(Anthropic.AnthropicError);
    expect(ask).not.toThrow(Anthropic.APIError);
    expect(fresh.requests()).toEqual([]);
  });
});

test.each([
  ['21,333 tokens', 21_333, {}, {}],
  ['a timeout of the request', 30_000, {}, { timeout: 60_000 }],
  ['a timeout of the client', 30_000, { timeout: 60_000 }, {}],
])('the guard of long requests lets pass %s', async (_name, maxTokens, client, request) => {
  expect((await clientOf(simulator, client).messages.create({ ...HELLO, max_tokens: maxTokens }, request)).type).toBe('message');
});
