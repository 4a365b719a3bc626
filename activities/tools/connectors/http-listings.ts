import { z } from 'zod';

import { SHOP_TEXT } from '../shop-schema';
import { htmlText } from '../../../common/html-text';
import { fetchRows, type HttpJsonConfig, type HttpJsonShape } from './http-json';
import { shopProduct, type ShopAnswer } from './shop-product';

/** What the address of a shop may ask with, and which fields of its rows become a listing. */
export const LISTING_SHAPE = {
  placeholders: ['query', 'limit'],
  required: { id: 'text', title: 'text', price: 'number' },
  optional: {
    compareAtPrice: 'number',
    currency: 'text',
    description: 'text',
    vendor: 'text',
    type: 'text',
    tags: 'texts',
    url: 'text',
    inStock: 'boolean',
    options: 'texts',
  },
} as const satisfies HttpJsonShape;

const text = z.string();
const amount = z.number().min(0);

export interface HttpListingsRequest {
  readonly config: HttpJsonConfig & { readonly name: string; readonly currency: string };
  readonly tool: string;
  readonly query: string;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/**
 * Asks a shop that answers with JSON of its own. A row in another currency than the shop's is left out.
 * @throws ToolFailed as `fetchRows` does
 */
export async function searchHttpListings({ config, tool, query, limit, signal }: HttpListingsRequest): Promise<ShopAnswer> {
  const { rows, skipped } = await fetchRows({ tool, config, shape: LISTING_SHAPE, values: { query, limit }, row: rowOf(config), signal });
  const products = rows.map((row) =>
    shopProduct({
      ...row,
      shop: config.name,
      description: htmlText(row.description ?? '', SHOP_TEXT.description),
      tags: row.tags ?? [],
      options: (row.options ?? []).map(optionOf),
      variants: [{ price: row.price, compareAtPrice: row.compareAtPrice, available: row.inStock }],
    }),
  );
  const read = products.filter((product) => product !== undefined);
  return { products: read, skipped: skipped + products.length - read.length, incomplete: false };
}

function rowOf({ currency }: { readonly currency: string }) {
  return z
    .object({
      id: text,
      title: text,
      price: amount,
      compareAtPrice: amount.optional(),
      currency: text.default(currency),
      description: text.optional(),
      vendor: text.optional(),
      type: text.optional(),
      tags: z.array(text).optional(),
      url: text.optional(),
      inStock: z.boolean().optional(),
      options: z.array(text).optional(),
    })
    .refine((row) => row.currency.toUpperCase() === currency, { error: `its price is not in ${currency}`, path: ['price'] });
}

/** `Color: Black, Steel` as one option with its values; without a colon as a value of its own. */
function optionOf(option: string): { name: string; values: string[] } {
  const [name = '', ...values] = option.split(':');
  return values.length === 0 ? { name: 'Option', values: [name] } : { name: name.trim(), values: [values.join(':').trim()] };
}
