import { z } from 'zod';

import { LAUNCH_LIMITS } from '../../common/launch-limits';
import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { DATA_RULE, insightsField, keywordsField, problemsField, productField, productTags, STYLE_RULE } from './schemas';

const { bullet, bullets, description, descriptionLeast } = LAUNCH_LIMITS;

/** Lengths are checked by the pipeline, which sends back what is wrong with all texts at once: they stand in words only. */
const copySchema = z.object({
  title: z.string().trim().min(1).describe('The title, one line'),
  description: z.string().trim().describe(`The product description, between ${descriptionLeast} and ${description} characters`),
  bullets: z
    .array(z.string().trim().min(1).describe(`One fact and what the buyer has from it, at most ${bullet} characters`))
    .length(bullets)
    .describe(`Exactly ${bullets} items, the weightiest first`),
});

/** Writes what a shop's product page says. */
export const launchCopywriter = defineAgent({
  name: 'launchCopywriter',
  description: 'Writes title, description and bullets of a product page from product data',
  tier: 'balanced',
  maxTokens: 1_536,
  system: promptOf(
    'You are a copywriter for online shops. From product data you write the page of a new product: a title, a description and ' +
      `${bullets} bullets, in the language of the product data.`,
    'The title names the product and contains the first keyword. The description is 60 to 180 words in one to three paragraphs: for whom it is, what ' +
      'it does, what it is made of. Each bullet is one fact and what the buyer has from it. Use the first five keywords, each at least once, where ' +
      'they read naturally; more of them only if nothing sounds repeated.',
    DATA_RULE,
    'What buyers of comparable products praise and miss, in <buyers_of_comparable_products>, tells you which questions to answer ' +
      'first. It is about other products: never state it of this one.',
    STYLE_RULE,
    'If you are given <your_last_texts> with <problems_of_your_last_texts>, mend exactly what is named and leave the rest as it ' +
      'is. An empty phrase means the text as a whole.',
    MATERIAL_RULE,
  ),
  input: z.object({
    product: productField,
    keywords: keywordsField,
    brandVoice: z.string().optional(),
    insights: insightsField,
    titleCharacters: z.number().int(),
    last: copySchema.optional(),
    problems: problemsField.optional(),
  }),
  output: copySchema,
  prompt: ({ product, keywords, brandVoice, insights, titleCharacters, last, problems = [] }) =>
    promptOf(
      productTags(product),
      jsonTag('keywords', keywords),
      brandVoice === undefined ? undefined : tag('brand_voice', brandVoice),
      insights.praised.length + insights.missed.length === 0 ? undefined : jsonTag('buyers_of_comparable_products', insights),
      last === undefined ? undefined : jsonTag('your_last_texts', last),
      problems.length === 0 ? undefined : jsonTag('problems_of_your_last_texts', problems),
      `title: at most ${titleCharacters} characters`,
      'Write the page.',
    ),
});
