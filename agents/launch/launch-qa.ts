import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { keywordsField, placedTextField, productField, productTags } from './schemas';

/** Compares the texts of a product page with product data and brand. Code has checked figures, attributes and limits before. */
export const launchQa = defineAgent({
  name: 'launchQa',
  description: 'Checks a product page for accuracy against product data and for brand voice',
  tier: 'balanced',
  maxTokens: 1_024,
  system: promptOf(
    'You are the editor who checks product pages for a shop before they go online. You compare every statement with the product data, and the tone with the brand voice if ' +
      'one is given.',
    'You are given <product> and <product_data>, the product data; <keywords>, which the texts are to contain and which are no facts; <brand_voice>, if there ' +
      'is one; and <texts>, each with its place.',
    'accuracy: the statement is not in the product data, contradicts it, or promises more than it; what plainly follows from the data, and what a ' +
      'buyer may do with such a product, is accurate. brand: the wording contradicts the brand voice, reads as a list of keywords, or would embarrass the shop.',
    'Return one finding for each, with the words objected to copied from the text to the letter: a finding whose words do not stand in the text is ' +
      'thrown away. No finding is better than a doubtful one. Do not rewrite, and leave lengths, keywords and prices to others.',
    MATERIAL_RULE,
  ),
  input: z.object({
    product: productField,
    keywords: keywordsField,
    brandVoice: z.string().optional(),
    texts: z.array(placedTextField).min(1),
  }),
  output: z.object({
    findings: z
      .array(
        z.object({
          place: z.string().min(1).describe('Place of the text as given, like title'),
          phrase: z.string().min(1).describe('The words objected to, copied to the letter'),
          kind: z.enum(['accuracy', 'brand']),
          why: z.string().min(1).describe('What is wrong with them, at most 25 words'),
        }),
      )
      .max(8)
      .describe('At most 8 items; empty when nothing is wrong'),
  }),
  prompt: ({ product, keywords, brandVoice, texts }) =>
    promptOf(
      productTags(product),
      jsonTag('keywords', keywords),
      brandVoice === undefined ? undefined : tag('brand_voice', brandVoice),
      jsonTag('texts', texts),
      'Check the page.',
    ),
});
