import type { LedgerView } from '../../common/ledger';
import { promptTokens } from '../../common/pricing';
import type { Degradation } from '../../common/run';
import { shortModel, tokens, usd } from './amounts';
import { renderColumns } from './columns';
import type { Colors } from './output';

const NUMBER = { align: 'right' } as const;

/** Shorter names say nothing. */
const MIN_AGENT = 12;
const TITLES = ['agent', 'model', 'requests', 'tokens in', 'tokens out', 'cost'];

type Rows = readonly (readonly string[])[];

const widest = (rows: Rows, at: number): number => Math.max(...rows.map((row) => (row[at] ?? '').length));
const widthOf = (rows: Rows, gap: number): number => TITLES.reduce((sum, _, at) => sum + widest(rows, at), gap * (TITLES.length - 1));

/** What a run cost, by agent and model. `within`: columns of the terminal; models are shortened to fit, then gaps, then agents. @default no limit */
export function renderLedger(ledger: LedgerView, colors: Colors, { within = Infinity }: { readonly within?: number } = {}): string {
  const all = ledger.byAgent.map(({ agent, model, requests, usage, costUsd }) => [
    agent,
    model,
    tokens(requests),
    tokens(promptTokens(usage)),
    tokens(usage.output_tokens),
    usd(costUsd),
  ]);
  const { usage, requests, costUsd, uncertainUsd } = ledger;
  const total = ['total', '', tokens(requests), tokens(promptTokens(usage)), tokens(usage.output_tokens), usd(costUsd)];
  const rows =
    widthOf([TITLES, ...all, total], 2) <= within
      ? all
      : all.map(([agent = '', model = '', ...rest]) => [agent, shortModel(model), ...rest]);
  const agentWidth = widest([TITLES, ...rows, total], 0);
  const gap = widthOf([TITLES, ...rows, total], 2) > within ? 1 : 2;
  const excess = widthOf([TITLES, ...rows, total], gap) - within;
  const columns = TITLES.map((title, at) => ({
    title,
    ...(at > 1 && NUMBER),
    ...(at === 0 && excess > 0 && { width: Math.max(MIN_AGENT, agentWidth - excess) }),
  }));
  const table = renderColumns(columns, [...rows, total.map((cell) => colors.bold(cell))], { bold: colors.dim, gap });
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
