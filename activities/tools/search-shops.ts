import { askShops } from './connectors/ask-shops';
import { searchHttpListings } from './connectors/http-listings';
import { rankByWords } from './connectors/relevance';
import type { ShopAnswer, ShopProduct } from './connectors/shop-product';
import { searchShopifyAdmin } from './connectors/shopify-admin';
import { readShopifyFeed } from './connectors/shopify-feed';
import type { ShopConfig } from './shop-config';
import type { ShopListing } from './shop-schema';
import { toolFailure } from './tool-failure';

const TOOL = 'shopListings';

export interface ShopSearch {
  readonly shops: readonly ShopConfig[];
  readonly timeoutMs: number;
  readonly query: string;
  /** The only one to look in. */
  readonly shop?: string | undefined;
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface ShopResult {
  readonly sample: false;
  readonly source: string;
  readonly currency: string;
  readonly listings: ShopListing[];
  readonly skipped: number;
  readonly unavailable: Array<{ readonly shop: string; readonly why: string }>;
  readonly incomplete: string[];
}

/**
 * Searches configured shops. A result has one currency, that of the first shop in the file that is asked, also when this one fails;
 * shops that sell in others are not asked and are listed as unavailable.
 * @throws ToolFailed: no such shop; all of them fail
 */
export async function searchShops({ shops, timeoutMs, query, shop, limit, signal }: ShopSearch): Promise<ShopResult> {
  const wanted = wantedShops(shops, shop);
  const currency = wanted[0]?.currency ?? '';
  const asked = wanted.filter((known) => known.currency === currency);
  const foreign = wanted.filter((known) => known.currency !== currency);
  const { answered, unavailable } = await askShops({
    tool: TOOL,
    shops: asked,
    timeoutMs,
    signal,
    ask: (known, ending) => askShop(known, { query, limit }, ending),
  });
  const answers = answered.map(({ answer }) => answer);
  return {
    sample: false,
    source: answered.map(({ shop: { name } }) => name).join(', '),
    currency,
    listings: bestOf(query, answers, limit).map(({ listing }) => listing),
    skipped: answers.reduce((sum, { skipped }) => sum + skipped, 0),
    unavailable: [...unavailable, ...foreign.map((known) => ({ shop: known.name, why: foreignWhy(known, currency) }))],
    incomplete: answered.filter(({ answer }) => answer.incomplete).map(({ shop: { name } }) => name),
  };
}

function wantedShops(shops: readonly ShopConfig[], name: string | undefined): readonly ShopConfig[] {
  if (name === undefined) return shops;
  const found = shops.filter((known) => known.name.toLowerCase() === name.toLowerCase());
  if (found.length > 0) return found;
  const known = shops.map((one) => `"${one.name}"`).join(', ');
  throw toolFailure({ message: `Cannot look in shop "${name}": there is no such shop in the tools file; use one of ${known}` });
}

function foreignWhy({ currency }: ShopConfig, wanted: string): string {
  return `Cannot compare its prices: they are in "${currency}" and the others in "${wanted}"; ask for this shop alone`;
}

async function askShop(shop: ShopConfig, { query, limit }: Pick<ShopSearch, 'query' | 'limit'>, signal: AbortSignal): Promise<ShopAnswer> {
  switch (shop.connector) {
    case 'shopifyFeed':
      return readShopifyFeed({ ...shop, tool: TOOL, signal });
    case 'shopifyAdmin':
      return searchShopifyAdmin({ ...shop, tool: TOOL, query, signal });
    case 'httpJson':
      return searchHttpListings({ config: shop, tool: TOOL, query, limit, signal });
    default:
      return shop satisfies never;
  }
}

/** Products that fit about as well come from the shops in turn, so that one large shop does not fill the list alone. */
function bestOf(query: string, answers: readonly ShopAnswer[], limit: number): ShopProduct[] {
  const ranked = answers.map(({ products }) => rankByWords(query, products, ({ facts }) => facts).slice(0, limit));
  const longest = Math.max(0, ...ranked.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, place) => ranked.flatMap((products) => products.slice(place, place + 1))).flat();
  return rankByWords(query, inTurn, ({ facts }) => facts).slice(0, limit);
}
