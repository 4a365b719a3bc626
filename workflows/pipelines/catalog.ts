/** One product as the caller's catalog describes it. */
export interface CatalogItem {
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly attributes?: { readonly [name: string]: string | number } | undefined;
  /** Price of one, in the currency's main unit. */
  readonly price: number;
  readonly inStock?: boolean | undefined;
}

const WEIGHTS = { id: 100, name: 4, keywords: 3, attributes: 1, description: 1 } as const;
const STOP_WORDS: ReadonlySet<string> = new Set(
  'the and for with you your are can does have has how much many what which who not from that this will would please'.split(' '),
);

/**
 * Products that a question may be about: by id, then by how many of its words they share, best first, ties in the catalog's order.
 * @param limit most products to return
 */
export function lookUp<Item extends CatalogItem>(question: string, catalog: readonly Item[], limit: number): Item[] {
  const asked = new Set(wordsOf(question));
  const plain = ` ${normalized(question)} `;
  return catalog
    .map((item) => ({ item, score: scoreOf(item, asked) + (plain.includes(` ${normalized(item.id)} `) ? WEIGHTS.id : 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item);
}

function scoreOf({ name, description, keywords = [], attributes = {} }: CatalogItem, asked: ReadonlySet<string>): number {
  const hits = (text: string): number => new Set(wordsOf(text).filter((word) => asked.has(word))).size;
  return (
    hits(name) * WEIGHTS.name +
    hits(keywords.join(' ')) * WEIGHTS.keywords +
    hits(description ?? '') * WEIGHTS.description +
    hits(Object.entries(attributes).flat().join(' ')) * WEIGHTS.attributes
  );
}

const normalized = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Words that mean something, plurals as singulars. */
function wordsOf(text: string): string[] {
  const words = normalized(text).split(' ');
  return words
    .filter((word) => (word.length > 2 || /\d/.test(word)) && !STOP_WORDS.has(word))
    .map((word) => word.replace(/(?<=.{3})(?:es|s|e)$/, ''));
}

/** How many of what. */
export interface QuoteRequest {
  readonly id: string;
  readonly quantity: number;
}

export interface QuoteLine {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
  /** In the currency's main unit, as the two below. */
  readonly unitPrice: number;
  readonly total: number;
}

export interface Quote {
  readonly lines: readonly QuoteLine[];
  readonly total: number;
}

/** Prices in cents, so that sums are exact. */
const cents = (price: number): number => Math.round(price * 100);

/** Prices what is asked for, each product on one line; ids that the catalog does not have are left out. */
export function priceQuote(requests: readonly QuoteRequest[], catalog: readonly CatalogItem[]): Quote {
  const quantities = new Map<string, number>();
  for (const { id, quantity } of requests) quantities.set(id, (quantities.get(id) ?? 0) + quantity);
  const items = new Map(catalog.map((item) => [item.id, item]));
  const priced = [...quantities].flatMap(([id, quantity]) => {
    const item = items.get(id);
    return item === undefined ? [] : [{ item, quantity, totalCents: cents(item.price) * quantity }];
  });
  return {
    lines: priced.map(({ item: { id, name, price }, quantity, totalCents }) => ({
      id,
      name,
      quantity,
      unitPrice: cents(price) / 100,
      total: totalCents / 100,
    })),
    total: priced.reduce((sum, { totalCents }) => sum + totalCents, 0) / 100,
  };
}

const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£' };

/** `$1,299.00`, `CHF 12.50`. */
export function formatPrice(price: number, currency: string): string {
  const [whole = '0', fraction = '00'] = price.toFixed(2).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${SYMBOLS[currency] ?? `${currency} `}${grouped}.${fraction}`;
}

const NUMBER_WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Whether a question names this quantity, in digits or as a word. One need not be named. */
export function namesQuantity(question: string, quantity: number): boolean {
  if (quantity === 1) return true;
  const words = new Set(normalized(question.replace(/(?<=\d)[,.](?=\d{3}\b)/g, '')).split(' '));
  if (words.has(String(quantity))) return true;
  if (quantity === 2 && (words.has('pair') || words.has('both'))) return true;
  if (quantity === 12 && words.has('dozen')) return true;
  return words.has(NUMBER_WORDS[quantity] ?? '');
}
