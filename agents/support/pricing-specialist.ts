import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { candidatesField, queryField } from './schemas';

/** Says how many of which products a customer wants priced. It does no arithmetic. */
export const pricingSpecialist = defineAgent({
  name: 'pricingSpecialist',
  description: 'Reads from a customer’s question which products to price, and how many of each',
  tier: 'fast',
  maxTokens: 256,
  system: promptOf(
    'You are a sales assistant who prepares price quotes for a shop. You say which products a customer wants priced and how many of each; a program does the arithmetic.',
    'Use only the products you are given, by their ids. The quantity is the number that the customer states, and 1 when none is stated; never a guess. ' +
      'When the customer asks about no price at all, list the products that the question is about with 1 each.',
    MATERIAL_RULE,
  ),
  input: z.object({ query: queryField, products: candidatesField }),
  output: z.object({
    lines: z
      .array(
        z.object({
          id: z.string().min(1).describe('The product’s id as given'),
          quantity: z.number().int().min(1).max(100_000).describe('As the customer states it, else 1'),
        }),
      )
      .max(20)
      .describe('At most 20 items'),
  }),
  prompt: ({ query, products }) => promptOf(tag('query', query), jsonTag('products', products), 'What is to be priced?'),
});
