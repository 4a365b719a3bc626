import { ServiceError, WorkflowNotFoundError } from '@temporalio/client';

import { translateServiceError } from '../../client/service-errors';
import { TroupeError } from '../../common/troupe-error';

const attempt = { action: 'start "article"', address: 'host:7233', namespace: 'default' };

const grpc = (code: number, details: string): ServiceError =>
  new ServiceError('Failed', { cause: Object.assign(new Error(details), { code, details, metadata: {} }) });

describe('translateServiceError()', () => {
  test.each([
    [
      14,
      'No connection established',
      'unreachable',
      /^Cannot start "article": Temporal at "host:7233" does not answer; start one with "npx troupe dev"/,
    ],
    [4, 'Deadline exceeded', 'unreachable', /does not answer/],
    [16, 'no\nkey', 'unreachable', /refuses access \(no key\)/],
    [3, 'Namespace default has no mapping defined for search attribute TroupePipeline', 'unreachable', /register TroupePipeline/],
    [3, 'Blob data size exceeds limit.', 'invalid-input', /the input is larger than Temporal takes; make it smaller/],
    [8, 'grpc: received message larger than max (6003 vs. 4194304)', 'invalid-input', /the input is larger than Temporal takes/],
    [3, 'WorkflowId length exceeds limit.', 'invalid-input', /WorkflowId length exceeds limit/],
  ])('turns gRPC status %i (%s) into %s', (code, details, expected, message) => {
    const translated = translateServiceError(grpc(code, details), attempt);
    expect(translated).toBeInstanceOf(TroupeError);
    expect(translated).toMatchObject({ code: expected, message: expect.stringMatching(message) });
    expect((translated as TroupeError).message).not.toContain('\n');
  });

  test('says which run is not there', () => {
    const translated = translateServiceError(new WorkflowNotFoundError('gone', 'x', undefined), { ...attempt, workflowId: 'x' });
    expect(translated).toMatchObject({ code: 'not-found', message: expect.stringContaining('no run "x"') });
  });

  test('leaves what it does not know as it is', () => {
    for (const unknown of [new TypeError('x is not a function'), grpc(8, 'namespace rate limit exceeded')]) {
      expect(translateServiceError(unknown, attempt)).toBe(unknown);
    }
  });
});
