import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { candidatesField, queryField } from './schemas';

/** Picks the products that a question is about. */
export const productSpecialist = defineAgent({
  name: 'productSpecialist',
  description: 'Picks the products of the catalog that a customer’s question is about',
  tier: 'fast',
  maxTokens: 512,
  system: promptOf(
    'You are the catalog expert of a shop. You pick the products that a customer’s question is about; colleagues price them and write the answer.',
    'Pick only from the products you are given, by their ids, the best fit first. Products that merely share a word with the question do not count. ' +
      'An empty list means that the catalog has nothing for this question.',
    MATERIAL_RULE,
  ),
  input: z.object({ query: queryField, products: candidatesField }),
  output: z.object({
    picks: z
      .array(
        z.object({
          id: z.string().min(1).describe('The product’s id as given'),
          why: z.string().min(1).describe('What in its data answers the question, at most 20 words'),
        }),
      )
      .max(5)
      .describe('At most 5 items, best first'),
  }),
  prompt: ({ query, products }) => promptOf(tag('query', query), jsonTag('products', products), 'Pick the products.'),
});
