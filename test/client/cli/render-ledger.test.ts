import pc from 'picocolors';

import { renderLedger } from '../../../client/cli/render-ledger';
import { addSpend, EMPTY_LEDGER, viewLedger } from '../../../common/ledger';
import { NO_USAGE } from '../../../common/pricing';

const view = (searches: number, uncertainPico = 0) =>
  viewLedger(
    addSpend(EMPTY_LEDGER, 'scout', {
      settled: [{ model: 'm', requests: 1, usage: { ...NO_USAGE, web_search_requests: searches }, costPico: 5e10 }],
      uncertainPico,
      uncertainTokens: 0,
      uncertainRequests: uncertainPico > 0 ? 1 : 0,
    }),
  );
const render = (searches: number, uncertainPico = 0): string => renderLedger(view(searches, uncertainPico), pc.createColors(false));

describe('renderLedger()', () => {
  it('says how many searches the cost includes, when there were any', () => {
    expect(render(0)).not.toContain('search');
    expect(render(1)).toContain('The cost includes 1 search of the web.');
    expect(render(3, 2e10).split('\n').slice(-2)).toEqual([
      'The cost includes 3 searches of the web.',
      'Up to $0.0200 more may be charged: requests were cut off before Claude said what they cost.',
    ]);
  });
});
