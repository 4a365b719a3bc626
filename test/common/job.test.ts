import { earlierPico, keyInId, rowUsd, type RowOutcome } from '../../common/job';
import { EMPTY_LEDGER, type Ledger } from '../../common/ledger';
import { NO_USAGE } from '../../common/pricing';

const spent = (costPico: number): Ledger => ({
  ...EMPTY_LEDGER,
  lines: [{ agent: 'writer', model: 'm', requests: 1, usage: NO_USAGE, costPico }],
});

const outcome = (runId: string, costPico: number, earlier = {}): RowOutcome => ({
  row: 1,
  key: '1',
  status: 'budget-reached',
  workflowId: 'job/1',
  runId,
  result: null,
  reason: null,
  degraded: [],
  ledger: spent(costPico),
  simulated: true,
  endedAt: 1,
  ...earlier,
});

describe('what a row has cost', () => {
  it('is what all its runs have cost, however often each of them says so', () => {
    const first = outcome('a', 2e12);
    expect(earlierPico(undefined, 'a')).toEqual({});
    expect(rowUsd(first)).toBe(2);
    const second = outcome('b', 1e12, earlierPico(first, 'b'));
    expect(rowUsd(second)).toBe(3);
    const secondAgain = outcome('b', 1e12, earlierPico(second, 'b'));
    expect(rowUsd(secondAgain)).toBe(3);
    expect(rowUsd(outcome('c', 0, earlierPico(secondAgain, 'c')))).toBe(3);
  });
});

describe('keyInId()', () => {
  it('is one for each key, and text that any system takes', () => {
    const keys = ['a/b', 'a%2Fb', 'a\nb', 'a%0Ab', '\ud800', '\udc00', '%ud800', 'a\ud83d', '\u{1F600}', 'caf\u00e9'];
    const ids = keys.map(keyInId);
    expect(new Set(ids).size).toBe(keys.length);
    expect(ids.filter((id) => /[/\p{Cc}\p{Cs}]/u.test(id))).toEqual([]);
    expect(ids.slice(-2)).toEqual(['\u{1F600}', 'caf\u00e9']);
  });
});
