import { z } from 'zod';

import { jsonTag, promptOf } from '../prompt-parts';

/** The product as its shop knows it: all that may be said of it. */
export const productField = z.object({
  name: z.string().min(1),
  category: z.string().optional(),
  description: z.string().optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** The product for a prompt: what it is, and its facts one by one. */
export function productTags({ name, category, description, attributes }: z.infer<typeof productField>): string {
  const facts = Object.entries(attributes).map(([field, value]) => ({ field, value }));
  return promptOf(
    jsonTag('product', { name, ...(category !== undefined && { category }), ...(description !== undefined && { description }) }),
    jsonTag('product_data', facts.length > 0 ? facts : [{ field: 'name', value: name }]),
  );
}

export const keywordsField = z.array(z.string().min(1)).max(20);

/** A text of the result under the name of its field. */
export const placedTextField = z.object({ place: z.string().min(1), text: z.string() });

const insightField = z.object({ point: z.string(), mentions: z.number().int() });

/** What buyers of comparable products say, the points made most often first. */
export const insightsField = z.object({ praised: z.array(insightField), missed: z.array(insightField) });

/** What a check objects to, as the writer of the text is told. */
export const problemsField = z.array(z.object({ place: z.string(), phrase: z.string(), rule: z.string() }));

/** For whoever writes or judges texts of a shop: what may stand in them. */
export const DATA_RULE =
  '<product> and <product_data> are the product data, <keywords> what people search for, the weightiest first; <brand_voice>, if there is one, says how to write ' +
  'and never what to state. The product data is all that is known of the product. State no figure, material, feature, certificate, compatibility, award, guarantee or ' +
  'delivery time that it does not hold, and no price or discount at all. A keyword is what people search for, not a fact: leave out one that ' +
  'would claim something the data does not hold.';

export const STYLE_RULE =
  'Concrete words instead of praise: no superlatives, no empty phrases, no exclamation marks, no emoji, no words in capitals, no HTML or Markdown.';
