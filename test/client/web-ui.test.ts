import { guessWebUi, runUrl } from '../../client/web-ui';

describe('guessWebUi()', () => {
  test.each([
    ['localhost:7233', 'http://localhost:8233'],
    ['127.0.0.1:17233', 'http://127.0.0.1:18233'],
    ['localhost', 'http://localhost:8233'],
    ['shop.a1b2.tmprl.cloud:7233', 'https://cloud.temporal.io'],
    ['us-east-1.aws.api.temporal.io:7233', 'https://cloud.temporal.io'],
    ['temporal.internal:7233', null],
  ])('of %s is %s', (address, expected) => {
    expect(guessWebUi(address)).toBe(expected);
  });
});

describe('runUrl()', () => {
  const run = { namespace: 'default', workflowId: 'a/b c', runId: 'r' };

  test('opens the timeline of the run, whatever is in its id', () => {
    expect(runUrl('http://ui/', run)).toBe('http://ui/namespaces/default/workflows/a%2Fb%20c/r/timeline');
  });

  test('is null without a Web UI', () => {
    expect(runUrl(null, run)).toBeNull();
  });
});
