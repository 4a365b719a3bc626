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

  describe('in a terminal', () => {
    const wide = viewLedger(
      addSpend(EMPTY_LEDGER, 'vocabularyChecker of the newsroom', {
        settled: [
          {
            model: 'claude-sonnet-5-5',
            requests: 12,
            usage: { ...NO_USAGE, input_tokens: 123_456, output_tokens: 65_432 },
            costPico: 75_600_000,
          },
        ],
        uncertainPico: 0,
        uncertainTokens: 0,
        uncertainRequests: 0,
      }),
    );
    const linesWithin = (within?: number): string[] =>
      renderLedger(wide, pc.createColors(false), within === undefined ? {} : { within }).split('\n');

    it.each([65, 70, 75, 80])('keeps within %i columns and cuts no amount', (width) => {
      const lines = linesWithin(width);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(lines[1]).toMatch(/^vocabularyCh.* sonnet-5-5 +12 +123,456 +65,432 +\$0\.0000756$/);
    });

    it('shortens nothing where there is room or no limit', () => {
      for (const lines of [linesWithin(), linesWithin(120)])
        expect(lines[1]).toMatch(/^vocabularyChecker of the newsroom +claude-sonnet-5-5 /);
    });
  });
});
