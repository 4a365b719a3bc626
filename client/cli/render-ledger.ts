import type { LedgerView } from '../../common/ledger';
import { promptTokens } from '../../common/pricing';
import type { Degradation } from '../../common/run';
import { tokens, usd } from './amounts';
import { renderColumns } from './columns';
import type { Colors } from './output';

const NUMBER = { align: 'right' } as const;

/** What a run cost, by agent and model. */
export function renderLedger(ledger: LedgerView, colors: Colors): string {
  const rows = ledger.byAgent.map(({ agent, model, requests, usage, costUsd }) => [
    agent,
    model,
    tokens(requests),
    tokens(promptTokens(usage)),
    tokens(usage.output_tokens),
    usd(costUsd),
  ]);
  const { usage, requests, costUsd, uncertainUsd } = ledger;
  const total = ['total', '', tokens(requests), tokens(promptTokens(usage)), tokens(usage.output_tokens), usd(costUsd)];
  const columns = [
    { title: 'agent' },
    { title: 'model' },
    { title: 'requests', ...NUMBER },
    { title: 'tokens in', ...NUMBER },
    { title: 'tokens out', ...NUMBER },
    { title: 'cost', ...NUMBER },
  ];
  const table = renderColumns(columns, [...rows, total.map((cell) => colors.bold(cell))], { bold: colors.dim });
  const searches = usage.web_search_requests ?? 0;
  return [
    table,
    ...(searches > 0 ? [`The cost includes ${searches} ${searches === 1 ? 'search' : 'searches'} of the web.`] : []),
    ...(uncertainUsd > 0
      ? [`Up to ${usd(uncertainUsd)} more may be charged: requests were cut off before Claude said what they cost.`]
      : []),
  ].join('\n');
}

/** What a result lacks, one line each. */
export function renderDegraded(degraded: readonly Degradation[]): string {
  return degraded.map(({ step, reason, instead }) => `- ${step}: ${reason}; used instead: ${instead}`).join('\n');
}
