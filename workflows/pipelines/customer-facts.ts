import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import type { AgentInput } from '../run/agents';
import { formatPrice, namesQuantity, priceQuote, type CatalogItem, type Quote, type QuoteRequest } from './catalog';
import { sourcesIn, traceFigures, type FigureSource, type TracedFigures } from '../../common/figures';

type AdviserInput = AgentInput<'productAdviser'>;

/** All that may be said to a customer, and where each figure of it comes from. */
export interface CustomerFacts {
  readonly products: PipelineResult<'customerQuery'>['products'];
  readonly quote: Quote;
  /** The same as the agents see it, with prices as they may be quoted. */
  readonly shown: AdviserInput['products'];
  readonly shownQuote: AdviserInput['quote'];
  readonly sources: readonly FigureSource[];
  /** Names and ids: no figures, although they may hold digits. */
  readonly names: readonly string[];
}

interface Picked {
  /** What the specialists could choose from. */
  readonly candidates: readonly CatalogItem[];
  readonly picks: ReadonlyArray<{ readonly id: string; readonly why: string }>;
  readonly requests: readonly QuoteRequest[];
}

/**
 * Puts together what the specialists chose. Ids that were not offered to them are left out, and quantities count as far as the
 * question names them.
 */
export function collectFacts(
  { query, currency }: Pick<PipelineInput<'customerQuery'>, 'query' | 'currency'>,
  { candidates, picks, requests }: Picked,
): CustomerFacts {
  const offered = new Map(candidates.map((item) => [item.id, item]));
  const why = new Map([...picks].reverse().map((pick) => [pick.id, pick.why]));
  const chosen = [...new Set(picks.map(({ id }) => id))].flatMap((id) => offered.get(id) ?? []);
  const quote = priceQuote(namedQuantities(query, requests), candidates);
  const quoted = quote.lines.flatMap(({ id }) => offered.get(id) ?? []);
  const items = [...new Set([...chosen, ...quoted])];
  const price = (amount: number): string => formatPrice(amount, currency);
  return {
    products: chosen.map(({ id, name }) => ({ id, name, why: why.get(id) ?? '' })),
    quote,
    shown: items.map(({ id, name, description, attributes, inStock, price: one }) => ({
      id,
      name,
      ...(description !== undefined && { description }),
      ...(attributes !== undefined && { attributes: { ...attributes } }),
      ...(inStock !== undefined && { inStock }),
      price: price(one),
    })),
    shownQuote: {
      lines: quote.lines.map(({ name, quantity, unitPrice, total }) => ({
        name,
        quantity,
        unitPrice: price(unitPrice),
        total: price(total),
      })),
      total: price(quote.total),
    },
    sources: sourcesOf({ query, currency, items, quote }),
    names: items.flatMap(({ id, name }) => [id, name]),
  };
}

/** Each product once for every quantity that the question names, or one of it: neither a guess nor a repeated line is priced. */
function namedQuantities(query: string, requests: readonly QuoteRequest[]): QuoteRequest[] {
  return [...new Set(requests.map(({ id }) => id))].flatMap((id) => {
    const given = requests.filter((request) => request.id === id).map(({ quantity }) => quantity);
    const named = [...new Set(given)].filter((quantity) => quantity > 1 && namesQuantity(query, quantity));
    return (named.length === 0 ? [1] : named).map((quantity) => ({ id, quantity }));
  });
}

interface Material {
  readonly query: string;
  readonly currency: string;
  readonly items: readonly CatalogItem[];
  readonly quote: Quote;
}

/**
 * Every figure of the data. Of the question's only bare numbers count: an amount or a discount that a customer claims is no
 * source for a price.
 */
function sourcesOf({ query, currency, items, quote }: Material): FigureSource[] {
  const ofItem = ({ id, name, price, description = '', attributes = {} }: CatalogItem): FigureSource[] => [
    { kind: 'money', value: price, currency, source: `catalog ${id}: price` },
    ...sourcesIn(name, `catalog ${id}: name`),
    ...sourcesIn(description, `catalog ${id}: description`),
    ...Object.entries(attributes).flatMap(([key, value]) => sourcesIn(`${key} ${value}`, `catalog ${id}: ${key}`)),
  ];
  return [
    ...items.flatMap(ofItem),
    ...quote.lines.flatMap(({ id, quantity, unitPrice, total }): FigureSource[] => [
      { kind: 'number', value: quantity, source: `quote ${id}: quantity` },
      { kind: 'money', value: unitPrice, currency, source: `quote ${id}: unit price` },
      { kind: 'money', value: total, currency, source: `quote ${id}: total` },
    ]),
    ...(quote.lines.length === 0 ? [] : [{ kind: 'money', value: quote.total, currency, source: 'quote: total' } as const]),
    { kind: 'number', value: items.length, source: 'number of products' },
    ...sourcesIn(query, 'the question').filter(({ kind }) => kind === 'number'),
  ];
}

/** Traces the figures of an answer. */
export function tracedIn(answer: string, { sources, names }: CustomerFacts): TracedFigures {
  return traceFigures(answer, sources, names);
}
