import { z } from 'zod';

import { SHOP_TEXT } from '../shop-schema';
import { toolFailure } from '../tool-failure';
import { htmlText } from '../../../common/html-text';
import { requestJson } from './request-json';
import { amountOf, shopProduct, type ShopAnswer, type ShopProduct, type ShopVariant } from './shop-product';

/** A page as the storefront publishes it; only what is used, and rows are looked at one by one. */
const pageSchema = z.object({ products: z.array(z.unknown()) });

const optionSchema = z.object({ name: z.string(), values: z.array(z.string()) });
const productSchema = z.object({
  id: z.union([z.number().int(), z.string().min(1)]),
  title: z.string(),
  handle: z.string().nullish(),
  body_html: z.string().nullish(),
  vendor: z.string().nullish(),
  product_type: z.string().nullish(),
  tags: z.union([z.array(z.string()), z.string()]).nullish(),
  options: z.array(optionSchema).nullish().catch(undefined),
  variants: z.array(z.unknown()),
});
const variantSchema = z.object({ price: z.unknown(), compare_at_price: z.unknown().optional(), available: z.boolean().nullish() });

const PAGE_SIZE = 250;
/** A page holds up to 250 products with their whole HTML and all images. */
const MAX_PAGE_BYTES = 16 * 1_024 * 1_024;

export interface FeedRequest {
  readonly tool: string;
  readonly name: string;
  /** Of the storefront, or of a collection of it like `https://shop.example/collections/kettles`. */
  readonly url: string;
  readonly maxPages: number;
  readonly signal: AbortSignal;
}

/**
 * Reads the product feed that a Shopify storefront publishes for everybody, page by page. The feed cannot search and names no currency.
 * @throws ToolFailed: no feed there, what `requestJson` throws
 */
export async function readShopifyFeed({ tool, name, url, maxPages, signal }: FeedRequest): Promise<ShopAnswer> {
  const products = new Map<string, ShopProduct>();
  let skipped = 0;
  for (let page = 1; page <= maxPages; page += 1) {
    const rows = await readPage(feedAddress(url, page), tool, signal);
    for (const row of rows) {
      const product = productOf(row, name, url);
      if (product === undefined) skipped += 1;
      // Products move between pages while they are read: the first one counts.
      else if (!products.has(product.listing.id)) products.set(product.listing.id, product);
    }
    if (rows.length < PAGE_SIZE) return { products: [...products.values()], skipped, incomplete: false };
  }
  return { products: [...products.values()], skipped, incomplete: true };
}

function feedAddress(url: string, page: number): string {
  return `${url.replace(/\/+$/, '')}/products.json?limit=${PAGE_SIZE}&page=${page}`;
}

async function readPage(url: string, tool: string, signal: AbortSignal): Promise<readonly unknown[]> {
  const answer = await requestJson({ tool, url, signal, maxBytes: MAX_PAGE_BYTES });
  const parsed = answer.found ? pageSchema.safeParse(answer.value) : undefined;
  if (parsed?.success === true) return parsed.data.products;
  const why = answer.found ? 'what it answers is no product feed' : 'it has no product feed (404)';
  const advice = 'write the address of a Shopify storefront that publishes one into the tools file';
  throw toolFailure({ message: `Cannot ask "${new URL(url).host}" for "${tool}": ${why}; ${advice}` });
}

function productOf(row: unknown, shop: string, url: string): ShopProduct | undefined {
  const parsed = productSchema.safeParse(row);
  if (!parsed.success) return undefined;
  const { id, title, handle, body_html: html, vendor, product_type: type, tags, options, variants } = parsed.data;
  return shopProduct({
    id: String(id),
    shop,
    title,
    description: htmlText(html ?? '', SHOP_TEXT.description),
    vendor: vendor ?? undefined,
    type: type ?? undefined,
    ...(handle != null && handle !== '' && { url: new URL(`/products/${encodeURIComponent(handle)}`, url).href }),
    tags: typeof tags === 'string' ? tags.split(',').map((tag) => tag.trim()) : (tags ?? []),
    options: options ?? [],
    variants: variants.flatMap(variantOf),
  });
}

function variantOf(row: unknown): ShopVariant[] {
  const parsed = variantSchema.safeParse(row);
  const price = parsed.success ? amountOf(parsed.data.price) : undefined;
  if (!parsed.success || price === undefined) return [];
  return [{ price, compareAtPrice: amountOf(parsed.data.compare_at_price), available: parsed.data.available ?? undefined }];
}
