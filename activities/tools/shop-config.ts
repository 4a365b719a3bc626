import { z } from 'zod';

import { httpJsonSchema } from './connectors/http-json';
import { LISTING_SHAPE } from './connectors/http-listings';
import { confidentialAddress, serviceAddress } from './connectors/service-address';
import { currencyCode } from './property-schema';

const name = z.string().trim().min(1).max(100);
const maxPages = z.number().int().min(1).max(20).default(4);

/** The product feed that a Shopify storefront publishes. */
const feedShop = z.strictObject({ connector: z.literal('shopifyFeed'), name, url: serviceAddress, currency: currencyCode, maxPages });

/** The user's own Shopify shop. */
const adminShop = z.strictObject({
  connector: z.literal('shopifyAdmin'),
  name,
  url: confidentialAddress,
  accessToken: z.string().min(1),
  currency: currencyCode,
  maxPages,
});

/** Any other shop with an interface that answers a search with JSON. */
const httpShop = httpJsonSchema(LISTING_SHAPE).safeExtend({ name, currency: currencyCode });

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
