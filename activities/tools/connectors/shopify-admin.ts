import { z } from 'zod';

import { SHOP_TEXT } from '../shop-schema';
import { toolFailure } from '../tool-failure';
import { searchWords } from './relevance';
import { requestJson } from './request-json';
import { amountOf, shopProduct, type ShopAnswer, type ShopProduct, type ShopVariant } from './shop-product';
import { shopifyData } from './shopify-errors';

/** Shopify's version of the schema that the query below is written for; each is served for at least a year. */
const API_VERSION = '2026-10';
/** With twenty variants each, a page stays below the price that Shopify allows for one query. */
const PAGE_SIZE = 25;
const VARIANTS = 20;
const MAX_WORDS = 10;

/** In the shop's own order: sorted by relevance, Shopify may return a first page only, and what it returns is ranked here anyway. */
const QUERY = `query Products($first: Int!, $after: String, $query: String!) {
  shop { currencyCode }
  products(first: $first, after: $after, query: $query) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      title
      description(truncateAt: ${SHOP_TEXT.description})
      vendor
      productType
      tags
      onlineStoreUrl
      options(first: 5) { name values }
      priceRangeV2 { minVariantPrice { amount } }
      variants(first: ${VARIANTS}) { pageInfo { hasNextPage } nodes { price compareAtPrice availableForSale } }
    }
  }
}`;

const dataSchema = z.object({
  shop: z.object({ currencyCode: z.string() }),
  products: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    nodes: z.array(z.unknown()),
  }),
});

const variantSchema = z.object({ price: z.unknown(), compareAtPrice: z.unknown().optional(), availableForSale: z.boolean().nullish() });
const productSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  vendor: z.string().nullish(),
  productType: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  onlineStoreUrl: z.string().nullish(),
  options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })).nullish(),
  priceRangeV2: z.object({ minVariantPrice: z.object({ amount: z.unknown().optional() }) }).nullish(),
  variants: z.object({ pageInfo: z.object({ hasNextPage: z.boolean() }).nullish(), nodes: z.array(variantSchema) }),
});

export interface AdminRequest {
  readonly tool: string;
  readonly name: string;
  /** Of the shop's administration, like `https://my-shop.myshopify.com`. */
  readonly url: string;
  /** With the access scope `read_products`. */
  readonly accessToken: string;
  /** What the tools file says that its prices are in; another one is refused. */
  readonly currency: string;
  readonly query: string;
  readonly maxPages: number;
  readonly signal: AbortSignal;
}

/**
 * Searches the active products of one's own shop through Shopify's Admin API.
 * @throws ToolFailed: another currency than expected, what `shopifyData` and `requestJson` throw
 */
export async function searchShopifyAdmin(request: AdminRequest): Promise<ShopAnswer> {
  const products: ShopProduct[] = [];
  let skipped = 0;
  let after: string | undefined;
  for (let page = 1; page <= request.maxPages; page += 1) {
    const { pageInfo, nodes } = await readPage(request, after);
    const read = nodes.map((node) => productOf(node, request.name)).filter((product) => product !== undefined);
    products.push(...read);
    skipped += nodes.length - read.length;
    const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined;
    // A cursor that does not move would be asked for without an end.
    if (next === undefined || next === after) return { products, skipped, incomplete: pageInfo.hasNextPage };
    after = next;
  }
  return { products, skipped, incomplete: true };
}

async function readPage(request: AdminRequest, after: string | undefined): Promise<z.output<typeof dataSchema>['products']> {
  const { tool, url, accessToken, currency, signal } = request;
  const { host, origin } = new URL(url);
  const fails = (why: string, advice: string) => toolFailure({ message: `Cannot ask "${host}" for "${tool}": ${why}; ${advice}` });
  const answer = await requestJson({
    tool,
    url: `${origin}/admin/api/${API_VERSION}/graphql.json`,
    headers: { 'X-Shopify-Access-Token': accessToken },
    body: { query: QUERY, variables: { first: PAGE_SIZE, after: after ?? null, query: searchOf(request.query) } },
    signal,
  });
  if (!answer.found)
    throw fails('it has no Admin API (404)', 'write the address of the shop that ends in myshopify.com into the tools file');
  const parsed = dataSchema.safeParse(shopifyData(answer.value, { host, tool }));
  if (!parsed.success) throw fails('what it answers is not what was asked for', `check the address of "${tool}" in the tools file`);
  const theirs = parsed.data.shop.currencyCode;
  if (theirs === currency) return parsed.data.products;
  const named = /^[A-Z]{3}$/.test(theirs) ? `in "${theirs}"` : 'in another currency';
  throw fails(`its prices are ${named}, not in "${currency}"`, 'correct the currency of this shop in the tools file');
}

/** Any of the words, as beginnings, so that plurals are found; letters and digits only, so that no word is taken for an operator. */
function searchOf(query: string): string {
  const words = searchWords(query).flatMap((word) => (word.length > 3 ? word.replace(/y$/, '') : word).match(/[\p{L}\p{N}]+/gu) ?? []);
  const any = words.slice(0, MAX_WORDS).map((word) => `${word}*`);
  return any.length === 0 ? 'status:active' : `(${any.join(' OR ')}) AND status:active`;
}

function productOf(node: unknown, shop: string): ShopProduct | undefined {
  const parsed = productSchema.safeParse(node);
  if (!parsed.success) return undefined;
  const { id, title, description, vendor, productType, tags, onlineStoreUrl, options, priceRangeV2, variants } = parsed.data;
  const read = variants.nodes.flatMap(({ price, compareAtPrice, availableForSale }) => {
    const amount = amountOf(price);
    return amount === undefined
      ? []
      : [{ price: amount, compareAtPrice: amountOf(compareAtPrice), available: availableForSale ?? undefined }];
  });
  const lowest = amountOf(priceRangeV2?.minVariantPrice.amount);
  const beyond = variants.pageInfo?.hasNextPage === true && lowest !== undefined ? variantsBeyond(read, lowest) : [];
  return shopProduct({
    id: numberOf(id),
    shop,
    title,
    description: description ?? undefined,
    vendor: vendor ?? undefined,
    type: productType ?? undefined,
    url: onlineStoreUrl ?? undefined,
    tags: tags ?? [],
    options: options ?? [],
    variants: [...read, ...beyond],
  });
}

/**
 * What is known of the variants beyond those read: nothing but the lowest price of all. It is theirs when none of those read has it, and
 * whether they can be bought nobody says.
 */
function variantsBeyond(read: readonly ShopVariant[], lowest: number): ShopVariant[] {
  if (!read.some(({ available }) => available === true)) return [{ price: lowest }];
  return read.every(({ price }) => price > lowest) ? [{ price: lowest, available: true }] : [];
}

/** `gid://shopify/Product/632910392` without what goes before the number: the feed and services for reviews know just this. */
function numberOf(id: string): string {
  return /\/(\d+)$/.exec(id)?.[1] ?? id;
}
