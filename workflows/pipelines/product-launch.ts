import { LAUNCH_LIMITS } from '../../common/launch-limits';
import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { agents } from '../run/agents';
import { optional } from '../run/degrade';
import { stage } from '../run/stage';
import { tools } from '../run/tools';
import { sortKeywords } from './product-launch-keywords';
import { listen, research } from './product-launch-market';
import { reviewTexts, writeTexts } from './product-launch-page';
import { priceLaunch } from './product-launch-prices';
import {
  plainRationale,
  priceFacts,
  RATIONALE_PLACE,
  sampleWarning,
  shownPrices,
  type PricedLaunch,
  type TracedRationale,
} from './product-launch-rationale';
import { factsOf, keywordsIn } from './product-launch-texts';

type Input = PipelineInput<'productLaunch'>;
type Result = PipelineResult<'productLaunch'>;

/**
 * Product launch.
 *
 *   shopListings ∥ shopReviews → reviewAnalyst → ┬ launchCopywriter ∥ launchSeo ┬→ checks in code → launchQa ─→ result
 *                                                │               ↑              │        │            │
 *                                                │               └─ at most twice ───────┴─ findings ─┘
 *                                                └ prices in code → launchPricer ─→ figures traced ─────────→ result
 */
export async function productLaunch(input: Input): Promise<Result> {
  const market = await stage('research', () => research(input));
  const { competitors, samplePrices } = market;
  const terms = { ...input, samplePrices };
  const priced: PricedLaunch = { terms, prices: priceLaunch(terms, competitors), competitors };
  const [insights, keywords] = await stage('insights', () => Promise.all([listen(input, market.reviews), sortKeywords(input)]));
  const told = { ...input, keywords: keywords.usable };
  const [draft, rationale] = await stage('texts and pricing', () =>
    Promise.all([writeTexts(told, { insights, round: 1 }), wordRationale(input, priced)]),
  );
  const page = await reviewTexts(told, draft, insights);
  const { aboveMarket, notes, ...prices } = priced.prices;
  const findings = [...keywords.findings, ...page.findings, ...rationale.findings, ...(aboveMarket ? [MARGIN_FINDING] : [])];
  return {
    status: findings.some(({ settled: how }) => how === 'open') ? 'flagged' : 'ready',
    ...page.texts,
    keywordsUsed: keywordsIn(page.texts, input.keywords),
    pricing: { currency: input.currency, ...prices, competitors, rationale: rationale.text, notes: [...market.notes, ...notes] },
    figures: [...page.traced, ...rationale.traced],
    findings,
    droppedFindings: page.dropped,
    rounds: page.rounds,
    insights,
    sources: market.sources,
  };
}

const MARGIN_FINDING: Result['findings'][number] = {
  check: 'margin',
  phrase: '',
  rule: 'the margin floor is above every comparable price: lower the cost or the margin, or be sure of the price',
  place: 'pricing.launchPrice',
  at: 0,
  round: 1,
  settled: 'open',
};

type Rationale = TracedRationale & { readonly findings: Result['findings'] };

/** An agent words why the price is what it is. With a claim that is not in the data, code's own words stand instead. */
async function wordRationale(input: Input, priced: PricedLaunch): Promise<Rationale> {
  const text = await optional<string | null>(
    'launchPricer',
    async () => (await agents.launchPricer({ name: input.name, prices: shownPrices(priced), notes: [...priced.prices.notes] })).rationale,
    () => ({ value: null, instead: 'the reasons in plain figures' }),
  );
  if (text === null) return { ...plainRationale(priced), findings: [] };
  const { traced, findings: all } = await tools.claimCheck(
    {
      texts: [{ place: RATIONALE_PLACE, text, maxCharacters: LAUNCH_LIMITS.rationale }],
      facts: [...priceFacts(priced), ...factsOf(input)],
      names: [input.name],
    },
    { label: 'rationale' },
  );
  // The owner of the shop reads it, no buyer: its figures count, and that it is about the price.
  const findings = all.filter(({ check }) => check !== 'attribute');
  if (findings.length === 0) return { text: `${sampleWarning(priced)}${text}`, traced, findings: [] };
  return { ...plainRationale(priced), findings: findings.map((finding) => ({ ...finding, round: 1, settled: 'replaced' })) };
}
