import { defaultPayloadConverter, type Payload } from '@temporalio/common';

import { computeConfigOf, COOL_OFF_MS, type Compute } from '../../../worker/deployments/compute';
import { IDLE_MS } from '../../../worker/serverless/serve';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:troupe:7';

function detailsOf(compute: Compute): unknown {
  const { provider, scaler } = computeConfigOf(compute).scalingGroups?.['default'] ?? {};
  expect(scaler?.type).toBe('no-sync');
  expect(defaultPayloadConverter.fromPayload(scaler?.details as Payload)).toEqual({
    metrics_poll_interval_ms: 30_000,
    scale_up_cooloff_ms: 2_000,
  });
  expect(provider?.type).toBe(compute.kind);
  return defaultPayloadConverter.fromPayload(provider?.details as Payload);
}

describe('computeConfigOf()', () => {
  test('writes a Lambda function with the keys that the server reads', () => {
    const roleArn = 'arn:aws:iam::123456789012:role/wci';
    expect(detailsOf({ kind: 'aws-lambda', functionArn: ARN, roleArn, externalId: 'ext' })).toEqual({
      arn: ARN,
      role: roleArn,
      role_external_id: 'ext',
    });
  });

  test('writes a process with its arguments in one text', () => {
    expect(detailsOf({ kind: 'subprocess', command: 'env', args: ['A=1', 'node', 'x.js'] })).toEqual({
      command: 'env',
      args: 'A=1,node,x.js',
    });
  });

  test('refuses an argument that the server would tear apart', () => {
    expect(() => computeConfigOf({ kind: 'subprocess', command: 'node', args: ['/a,b/x.js'] })).toThrow(
      'Cannot register "/a,b/x.js": the server splits arguments at commas; move it to a path without one',
    );
  });
});

test('a function outlives the time in which no other one is started', () => {
  expect(COOL_OFF_MS).toBeLessThan(IDLE_MS);
});
