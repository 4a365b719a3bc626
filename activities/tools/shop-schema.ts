import { z } from 'zod';

/** Bytes of the longest answer: as many listings or reviews as can be asked for, each with texts as long as they may be in any script. */
export const MAX_SHOP_BYTES = 384 * 1_024;

/** Longest texts of a shop that are taken over; what is longer is cut. */
export const SHOP_TEXT = { name: 150, description: 1_000, option: 100, url: 500, review: 1_000 } as const;

const optionalText = z.string().min(1).optional();

/** One product of a shop. Money in main units of the result's currency. */
export const shopListing = z.object({
  id: z.string().min(1),
  shop: z.string().min(1),
  title: z.string().min(1),
  price: z.number().min(0).describe('The lowest price among the variants that can be bought'),
  compareAtPrice: z.number().min(0).optional().describe('The price before a reduction'),
  description: optionalText,
  vendor: optionalText,
  url: optionalText,
  inStock: z.boolean().optional(),
  options: z.array(z.string()).optional().describe('Like "Color: Black, Steel"'),
});

export type ShopListing = z.output<typeof shopListing>;

/** A review of a product by a customer. */
export const shopReview = z.object({
  listingId: optionalText,
  rating: z.number().min(1).max(5),
  title: optionalText,
  text: z.string().min(1),
  date: z.iso.date().optional(),
});

export type ShopReview = z.output<typeof shopReview>;

/** A shop that did not answer as it should, while others did. */
export const unavailableShop = z.object({ shop: z.string(), why: z.string() });
