import { openRunIds, staysUp } from '../../../client/cli/stays-up';

describe('staysUp()', () => {
  test.each([
    [0, [], 'The local stack stays up for other commands'],
    [2, [], 'The local stack stays up for 2 open runs'],
    [1, ['a'], 'The local stack stays up for 1 open run: a\nStop one with: npx troupe cancel a'],
    [3, ['a', 'b', 'c'], 'The local stack stays up for 3 open runs: a, b, c\nStop one with: npx troupe cancel a'],
    [9, ['a', 'b', 'c'], 'The local stack stays up for 9 open runs: a, b, c, …\nStop one with: npx troupe cancel a'],
  ])('of %i open runs %j says: %s', (openRuns, ids, line) => {
    expect(staysUp({ stopped: false, openRuns }, ids)).toBe(line);
  });
});

test('openRunIds() of a stack that is gone is empty', async () => {
  const addresses = {
    temporal: '127.0.0.1:1',
    namespace: 'default',
    ui: null,
    claude: null,
    simulated: true,
    store: '',
    dataDir: '',
    serverless: null,
  };
  await expect(openRunIds(addresses)).resolves.toEqual([]);
});
