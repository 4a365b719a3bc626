import { z } from 'zod';

import { httpJsonSchema } from './connectors/http-json';
import { LISTING_SHAPE } from './connectors/http-listings';

const name = z.string().trim().min(1).max(100);
const currency = z.string().regex(/^[A-Z]{3}$/, 'a currency has three capital letters like USD');
const maxPages = z.number().int().min(1).max(20).default(4);

/** An address without a key in it: it is shown to people. */
const shopUrl = z
  .url({ protocol: /^https?$/, error: 'an address begins with https://' })
  .refine((address) => isPlain(address), 'an address has no user, password, query or fragment');

/** A key in plain sight of every machine on the way is no secret; the loopback has none. */
const secretUrl = shopUrl.refine(
  (address) => !URL.canParse(address) || new URL(address).protocol === 'https:' || LOOPBACK.has(new URL(address).hostname),
  'an address that a token is sent to begins with https://',
);
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

function isPlain(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, search, hash } = new URL(address);
  return [username, password, search, hash].every((part) => part === '');
}

/** The product feed that a Shopify storefront publishes. */
const feedShop = z.strictObject({ connector: z.literal('shopifyFeed'), name, url: shopUrl, currency, maxPages });

/** The user's own Shopify shop. */
const adminShop = z.strictObject({
  connector: z.literal('shopifyAdmin'),
  name,
  url: secretUrl,
  accessToken: z.string().min(1),
  currency,
  maxPages,
});

/** Any other shop with an interface that answers a search with JSON. */
const httpShop = httpJsonSchema(LISTING_SHAPE).extend({ name, currency });

const shop = z.discriminatedUnion('connector', [feedShop, adminShop, httpShop]);

/** Section of `shopListings` in the tools file. */
export const shopListingsConfig = z
  .strictObject({
    shops: z.array(shop).min(1).max(20),
    /** Milliseconds that one shop may take with all its pages; less than an attempt at the call. */
    timeoutMs: z.number().int().min(100).max(50_000).default(20_000),
  })
  .refine(({ shops }) => new Set(shops.map((known) => known.name.toLowerCase())).size === shops.length, 'two shops have the same name')
  .optional();

export type ShopConfig = z.output<typeof shop>;
