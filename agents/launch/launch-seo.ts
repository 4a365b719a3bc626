import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { DATA_RULE, keywordsField, problemsField, productField, productTags, STYLE_RULE } from './schemas';

/** Writes what search engines show under the title of a product page. */
export const launchSeo = defineAgent({
  name: 'launchSeo',
  description: 'Writes the meta description of a product page from product data',
  tier: 'fast',
  maxTokens: 192,
  system: promptOf(
    'You are a search editor for online shops. From product data you write the meta description of a product page, in the language of the data: ' +
      'one or two complete sentences that say what the product is and for whom.',
    'It contains the first keyword, early on, and others only where they read naturally. Count spaces as characters and stay below the limit.',
    DATA_RULE,
    STYLE_RULE,
    'If you are given <your_last_text> with <problems_of_your_last_text>, mend exactly what is named. An empty phrase means the text as a whole.',
    MATERIAL_RULE,
  ),
  input: z.object({
    product: productField,
    keywords: keywordsField,
    brandVoice: z.string().optional(),
    metaCharacters: z.number().int(),
    last: z.string().optional(),
    problems: problemsField.optional(),
  }),
  output: z.object({ metaDescription: z.string().trim().min(1).describe('The meta description') }),
  prompt: ({ product, keywords, brandVoice, metaCharacters, last, problems = [] }) =>
    promptOf(
      productTags(product),
      jsonTag('keywords', keywords),
      brandVoice === undefined ? undefined : tag('brand_voice', brandVoice),
      last === undefined ? undefined : tag('your_last_text', last),
      problems.length === 0 ? undefined : jsonTag('problems_of_your_last_text', problems),
      `meta description: at most ${metaCharacters} characters`,
      'Write it.',
    ),
});
