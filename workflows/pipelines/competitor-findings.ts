import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { PRICE_BASIS_WORDS } from '../../common/price-terms';
import type { AgentOutput } from '../run/agents';
import { formatPrice } from './catalog';
import type { Competitor } from './competitor-names';
import { comparePrices, type Comparison, type PlanPrice } from './competitor-pricing';
import { capital, oneLine } from './text-forms';

type Result = PipelineResult<'competitorReport'>;
type Study = AgentOutput<'competitorResearcher'>;
type Ours = PipelineInput<'competitorReport'>['ours'];

/** What became of one competitor; without a study it was not researched. */
export interface Studied {
  readonly competitor: Competitor;
  readonly study?: Study;
}

/** One thing that the report may say. */
export interface Fact {
  /** Unique in the report. */
  readonly id: string;
  /** Whom it is about; null for the market as a whole. */
  readonly competitor: string | null;
  readonly claim: string;
  /** Numbers of its sources. */
  readonly sources: readonly number[];
}

/** All that research has found, with sources numbered through and prices compared. */
export interface Findings {
  readonly competitors: Result['competitors'];
  readonly sources: Result['sources'];
  readonly prices: readonly PlanPrice[];
  readonly comparisons: readonly Comparison[];
  readonly facts: readonly Fact[];
}

/** Addresses that differ in scheme, host's capitals, fragment, campaign or a slash at the end lead to the same page. */
export function plainAddress(url: string): string {
  const [, host = '', path = ''] = /^(?:https?:\/\/)?(?:www\.)?([^/?#]*)([^#]*)/i.exec(url.trim()) ?? [];
  const [page = '', query] = path.split('?');
  const kept = (query ?? '').split('&').filter((part) => part !== '' && !/^utm_/i.test(part));
  return `${host.toLowerCase()}${page.replace(/\/+$/, '')}${kept.length === 0 ? '' : `?${kept.join('&')}`}`;
}

/** Puts the studies together, in their order: who was the first to name a page does not depend on who answered first. */
export function collectFindings(studied: readonly Studied[], ours?: Ours): Findings {
  const sources = new Map<string, Result['sources'][number]>();
  for (const { study } of studied) {
    for (const { url, title } of study?.sources ?? []) {
      const key = plainAddress(url);
      if (!sources.has(key)) sources.set(key, { number: sources.size + 1, title: oneLine(title), url });
    }
  }
  /** Only pages that the study itself names count: an address that stands in a price alone may be made up. */
  const sourceOf = (study: Study, url: string | undefined): number | null => {
    if (url === undefined) return null;
    const key = plainAddress(url);
    return study.sources.some((page) => plainAddress(page.url) === key) ? (sources.get(key)?.number ?? null) : null;
  };
  const competitors = studied.map(({ competitor: { id, name, url, alsoCalled }, study }) => ({
    id,
    name,
    url: url ?? null,
    alsoCalled: [...alsoCalled],
    researched: study !== undefined,
    positioning: study?.positioning ?? null,
    strengths: study?.strengths.map(({ claim, source }) => ({ claim, source: sourceOf(study, source) })) ?? [],
    weaknesses: study?.weaknesses.map(({ claim, source }) => ({ claim, source: sourceOf(study, source) })) ?? [],
  }));
  const prices = studied.flatMap(({ competitor: { id }, study }) =>
    study === undefined ? [] : pricesOf(id, study, (url) => sourceOf(study, url)),
  );
  const comparisons = comparePrices(prices, ours?.price);
  return {
    competitors,
    sources: [...sources.values()],
    prices,
    comparisons,
    facts: factsOf({ competitors, prices, comparisons }, ours),
  };
}

/** A plan that is listed twice at the same price counts once. */
function pricesOf(competitor: string, study: Study, sourceOf: (url: string) => number | null): PlanPrice[] {
  const prices = new Map<string, PlanPrice>();
  for (const { plan, amount, currency, per, source } of study.prices) {
    const number = sourceOf(source);
    const key = JSON.stringify([plan.toLowerCase(), amount, currency, per]);
    const known = prices.get(key);
    if (known !== undefined && known.source !== null) continue;
    prices.set(key, {
      competitor,
      plan: oneLine(plan),
      amount: Math.round(amount * 100) / 100,
      currency,
      per,
      source: number,
      compared: number !== null && per !== 'other',
    });
  }
  return [...prices.values()];
}

function factsOf({ competitors, prices, comparisons }: Pick<Findings, 'competitors' | 'prices' | 'comparisons'>, ours: Ours): Fact[] {
  const facts = competitors.flatMap(({ id, name, positioning, strengths, weaknesses }): Fact[] => {
    const claims = (kind: string, list: typeof strengths): Fact[] =>
      list.map(({ claim, source }, at) => ({
        id: `${id}-${kind}-${at + 1}`,
        competitor: id,
        claim: `${capital(kind)} of ${name}: ${uncited(claim)}`,
        sources: source === null ? [] : [source],
      }));
    return [
      ...(positioning === null
        ? []
        : [{ id: `${id}-positioning`, competitor: id, claim: `Positioning of ${name}: ${uncited(positioning)}`, sources: [] }]),
      ...claims('strength', strengths),
      ...claims('weakness', weaknesses),
      ...prices
        .filter(({ competitor }) => competitor === id)
        .map((price, at) => ({
          id: `${id}-price-${at + 1}`,
          competitor: id,
          claim: priceInWords(price, name),
          sources: price.source === null ? [] : [price.source],
        })),
    ];
  });
  const compared = comparisons.map((comparison, at) => ({
    id: `comparison-${at + 1}`,
    competitor: null,
    claim: comparisonInWords(comparison, ours?.name),
    sources: [],
  }));
  const own = ourPriceInWords(ours).map((claim) => ({ id: 'ours-price', competitor: null, claim, sources: [] }));
  return [...facts, ...own, ...compared];
}

/** Our own price, if we have one. */
export function ourPriceInWords(ours: Ours): string[] {
  if (ours?.price === undefined) return [];
  const { plan = ours.name, ...price } = ours.price;
  return [priceInWords({ plan, ...price }, `our product ${ours.name}`)];
}

/** `Price of Acme: Pro costs $12.00 per month.` */
export function priceInWords(
  { plan, amount, currency, per }: Pick<PlanPrice, 'plan' | 'amount' | 'currency' | 'per'>,
  name: string,
): string {
  return `Price of ${name}: ${plan} ${amount === 0 ? 'is free' : `costs ${formatPrice(amount, currency)} ${PRICE_BASIS_WORDS[per]}`}.`;
}

/** A comparison as agents may quote it. */
export function comparisonInWords({ currency, per, plans, free, competitors, min, median, max, ours }: Comparison, name = ''): string {
  const price = (amount: number): string => formatPrice(amount, currency);
  const counted = `${plans} paid ${plans === 1 ? 'plan' : 'plans'} of ${competitors} ${competitors === 1 ? 'competitor' : 'competitors'}`;
  const place = ours === null ? '' : ` ${`Our product ${name}`.trim()} costs ${price(ours.amount)}: ${placeInWords(ours)}.`;
  return (
    `Prices in ${currency} ${PRICE_BASIS_WORDS[per]} (${counted}): lowest ${price(min)}, median ${price(median)}, highest ${price(max)}` +
    `${free === 0 ? '' : `, and ${free} free`}.${place}`
  );
}

function placeInWords({ place, percent, cheaper, dearer }: NonNullable<Comparison['ours']>): string {
  const distance = percent === 0 ? '' : `, ${Math.abs(percent)}% ${percent < 0 ? 'below' : 'above'} the median`;
  return `${place}${distance}; ${cheaper} cheaper, ${dearer} dearer`;
}

/** Reference numbers that a claim brings along from its page would be taken for ours. */
const uncited = (text: string): string => oneLine(text.replaceAll(/\s*\[\d[^\]]*\]/g, ''));
