import { SHOP_TEXT, type ShopListing } from '../shop-schema';
import { plainLine, plainText } from '../../../common/plain-text';
import type { Searchable } from './relevance';

/** A product as a connector found it, with what a query is compared with. */
export interface ShopProduct {
  readonly listing: ShopListing;
  readonly facts: Searchable;
}

/** What one shop answered. */
export interface ShopAnswer {
  readonly products: readonly ShopProduct[];
  /** Rows that could not be read as a product. */
  readonly skipped: number;
  /** The shop has more products than were read. */
  readonly incomplete: boolean;
}

/** A variant of a product that can be bought at a price. */
export interface ShopVariant {
  readonly price: number;
  readonly compareAtPrice?: number | undefined;
  readonly available?: boolean | undefined;
}

export interface RawProduct {
  readonly id: string;
  readonly shop: string;
  readonly title: string;
  /** Plain text already, of any length. */
  readonly description?: string | undefined;
  readonly vendor?: string | undefined;
  readonly type?: string | undefined;
  readonly url?: string | undefined;
  readonly tags: readonly string[];
  readonly options: ReadonlyArray<{ readonly name: string; readonly values: readonly string[] }>;
  readonly variants: readonly ShopVariant[];
}

const MAX_OPTIONS = 5;

/** A product of what a shop says of it, texts cleaned and cut; `undefined` when it has no title, no id or no price. */
export function shopProduct(raw: RawProduct): ShopProduct | undefined {
  const id = plainLine(raw.id, SHOP_TEXT.name);
  const title = plainLine(raw.title, SHOP_TEXT.name);
  const variant = offered(raw.variants);
  if (id === '' || title === '' || variant === undefined) return undefined;
  const vendor = plainLine(raw.vendor ?? '', SHOP_TEXT.name);
  const description = plainText(raw.description ?? '', SHOP_TEXT.description);
  const options = raw.options.flatMap(optionLine).slice(0, MAX_OPTIONS);
  const inStock = stockOf(raw.variants);
  const url = webAddress(raw.url);
  const listing: ShopListing = {
    id,
    shop: raw.shop,
    title,
    price: variant.price,
    ...(variant.compareAtPrice !== undefined && variant.compareAtPrice > variant.price && { compareAtPrice: variant.compareAtPrice }),
    ...(description !== '' && { description }),
    ...(vendor !== '' && { vendor }),
    ...(url !== undefined && { url }),
    ...(inStock !== undefined && { inStock }),
    ...(options.length > 0 && { options }),
  };
  return { listing, facts: { title, type: raw.type, tags: raw.tags, vendor } };
}

/** As a browser would send it, so without anything that cannot be seen; nothing but a page. */
function webAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return (protocol === 'https:' || protocol === 'http:') && href.length <= SHOP_TEXT.url ? href : undefined;
}

/** The cheapest of what can be bought; of all of them when nothing can be or nobody says. */
function offered(variants: readonly ShopVariant[]): ShopVariant | undefined {
  const available = variants.filter((variant) => variant.available === true);
  return [...(available.length > 0 ? available : variants)].sort((a, b) => a.price - b.price)[0];
}

function stockOf(variants: readonly ShopVariant[]): boolean | undefined {
  if (variants.some(({ available }) => available === true)) return true;
  return variants.every(({ available }) => available === false) ? false : undefined;
}

/** Products without options have one by the name of "Title" that says nothing. */
function optionLine({ name, values }: RawProduct['options'][number]): string[] {
  if (values.length === 0 || (values.length === 1 && values[0] === 'Default Title')) return [];
  return [plainLine(`${name}: ${values.join(', ')}`, SHOP_TEXT.option)];
}

/** An amount as shops write it, `"49.90"` or `49.9`; `undefined` for anything else, a negative one included. */
export function amountOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  return typeof value === 'string' && /^\d{1,12}(?:\.\d{1,6})?$/.test(value.trim()) ? Number(value) : undefined;
}
