import { MAX_BATCH_BYTES, type Pace } from '../../../common/batch';
import {
  announce,
  carried,
  closeBatch,
  describePool,
  isEmpty,
  isFull,
  lingerLeft,
  openPool,
  stateOf,
  takeBatch,
  withdraw,
  withoutWithdrawn,
  type Pool,
} from '../../../workflows/collector/pool';

const pace: Pace = { lingerMs: 100, maxRequests: 3, firstLookMs: 1, longestLookMs: 2, askAgainMs: 3 };
const tickets = (...names: string[]) => names.map((ticket) => ({ ticket, bytes: 10 }));
const told = (pool: Pool, names: readonly string[], now = 0): void => announce(pool, { tickets: tickets(...names), pace }, now);

describe('the pool of a collector', () => {
  test('announce keeps a turn once, however often and by whomever it is announced', () => {
    const pool = openPool();
    told(pool, ['a', 'b'], 5);
    told(pool, ['b', 'a', 'c'], 9);
    expect([...pool.pending.keys()]).toEqual(['a', 'b', 'c']);
    expect(pool).toMatchObject({ pendingBytes: 30, since: 5, pace });
  });

  test('lingerLeft counts from the oldest, anew when a batch was taken, and never below 0', () => {
    const pool = openPool();
    told(pool, ['a'], 1_000);
    told(pool, ['b'], 1_050);
    expect([lingerLeft(pool, 1_050), lingerLeft(pool, 1_100), lingerLeft(pool, 9_000)]).toEqual([50, 0, 0]);
    takeBatch(pool, 'k', 1_100);
    told(pool, ['c'], 2_000);
    expect(lingerLeft(pool, 2_000)).toBe(100);
  });

  test('isFull by number and by bytes; takeBatch takes the oldest that fit, and one that is too large alone', () => {
    const pool = openPool();
    told(pool, ['a', 'b']);
    expect(isFull(pool)).toBe(false);
    told(pool, ['c', 'd']);
    expect(isFull(pool)).toBe(true);
    expect(takeBatch(pool, 'first', 7)).toEqual({ key: 'first', tickets: ['a', 'b', 'c'], batchIds: [], certain: false, ruledOut: [] });
    expect([...pool.pending.keys()]).toEqual(['d']);
    expect(pool.pendingBytes).toBe(10);

    announce(pool, { tickets: [{ ticket: 'huge', bytes: MAX_BATCH_BYTES + 1 }], pace }, 0);
    expect(isFull(pool)).toBe(true);
    expect(takeBatch(pool, 'second', 7).tickets).toEqual(['d']);
    expect(takeBatch(pool, 'third', 7).tickets).toEqual(['huge']);
    expect(pool.pendingBytes).toBe(0);
  });

  test('a turn that is announced again while it is on its way waits anew when its batch has ended, and only then', () => {
    const pool = openPool();
    told(pool, ['a', 'b']);
    const batch = takeBatch(pool, 'k', 0);
    told(pool, ['b'], 50);
    expect(pool.pending.size).toBe(0);
    closeBatch(pool, batch, 80);
    expect([...pool.pending.keys()]).toEqual(['b']);
    expect(pool).toMatchObject({ since: 80, pendingBytes: 10 });
    expect([pool.sent.size, pool.again.size, pool.open.size]).toEqual([0, 0, 0]);
  });

  test('withdraw takes out what was not sent, forgets what was announced again, and answers for all', () => {
    const pool = openPool();
    told(pool, ['a']);
    takeBatch(pool, 'k', 0);
    told(pool, ['a', 'b', 'c']);
    withdraw(pool, { workflowId: 'run', tickets: ['a', 'b', 'unknown'] });
    expect(pool.withdrawn).toEqual([{ workflowId: 'run', tickets: ['a', 'b', 'unknown'], unsent: ['b'] }]);
    expect([...pool.pending.keys()]).toEqual(['c']);
    expect([pool.pendingBytes, pool.again.size]).toEqual([10, 0]);
    expect(isEmpty(pool)).toBe(false);
  });

  test('stateOf and openPool carry everything', () => {
    const pool = openPool();
    told(pool, ['a', 'b'], 3);
    const batch = takeBatch(pool, 'k', 4);
    pool.open.set('k', { ...batch, batchIds: ['m1', 'm2'], ruledOut: ['m0'] });
    told(pool, ['b', 'c'], 5);
    withdraw(pool, { workflowId: 'run', tickets: ['c'] });
    told(pool, ['d'], 6);
    expect(openPool(JSON.parse(JSON.stringify(stateOf(pool))) as never)).toEqual(pool);
    expect(carried(pool)).toBe(5);
    expect(isEmpty(openPool(stateOf(openPool())))).toBe(true);
  });

  test('carried counts turns and withdrawals by what they take of the input of a workflow', () => {
    const pool = openPool();
    const most = 30_000;
    const turn = (at: number) => ({ ticket: at.toString(16).padStart(24, '0'), bytes: 4_321 });
    announce(pool, { tickets: Array.from({ length: 20_000 }, (_, at) => turn(at)), pace: { ...pace, maxRequests: 5_000 } }, 0);
    takeBatch(pool, 'k', 0);
    announce(pool, { tickets: Array.from({ length: 5_000 }, (_, at) => turn(at)), pace }, 0);
    expect(carried(pool)).toBe(25_000);
    for (let at = 5_000; at < 9_000; at += 1)
      withdraw(pool, { workflowId: `batchJob-of-a-long-name-${at}/row-with-a-key-of-its-own`, tickets: [turn(at).ticket] });
    expect(carried(pool)).toBeGreaterThan(most);
    pool.withdrawn.splice(0, 2_500);
    expect(carried(pool)).toBeLessThan(most);
    expect(JSON.stringify(stateOf(pool)).length).toBeLessThan(2_000_000);
  });

  test('describePool says what waits and what is on its way', () => {
    const pool = openPool();
    told(pool, ['a', 'b', 'c', 'd']);
    const batch = takeBatch(pool, 'k', 0);
    expect(describePool(pool)).toBe('**1** request waits to be sent; **1** batch on its way\n\n- being sent: 3 requests');
    pool.open.set('k', { ...batch, batchIds: ['m1', 'm2'] });
    expect(describePool(pool)).toContain('- one of m1, m2, or not sent: 3 requests');
    pool.open.set('k', { ...batch, batchIds: ['m1'], certain: true });
    expect(describePool(pool)).toContain('- m1: 3 requests');
  });

  test('withoutWithdrawn leaves out what is being taken back, and nothing else', () => {
    const pool = openPool();
    told(pool, ['a', 'b', 'c']);
    takeBatch(pool, 'k', 0);
    told(pool, ['d', 'e']);
    withdraw(pool, { workflowId: 'w', tickets: ['a', 'd'] });
    expect(withoutWithdrawn(pool, tickets('a', 'd', 'e')).map(({ ticket }) => ticket)).toEqual(['a', 'e']);
    pool.withdrawn.splice(0);
    expect(withoutWithdrawn(pool, tickets('a', 'd', 'e'))).toHaveLength(3);
  });
});
