import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { queryField } from './schemas';

/** Says what a customer wants. */
export const queryClassifier = defineAgent({
  name: 'queryClassifier',
  description: 'Says what a customer wants, and how sure it is',
  tier: 'fast',
  maxTokens: 128,
  system: promptOf(
    'You are the front desk of a shop. You decide what a customer wants to have; you do not answer.',
    'Give a confidence below 0.6 when two intents fit equally well, when you cannot tell what is wanted, or when the customer is upset, threatens with ' +
      'legal steps or asks for a person: a person will answer then.',
    MATERIAL_RULE,
  ),
  input: z.object({ query: queryField }),
  output: z.object({
    intent: z
      .enum(['product', 'pricing', 'care', 'other'])
      .describe(
        'product: which product, suitable, features, compare, stock, available, recommend; ' +
          'pricing: price, cost, how much, total, discount, quantity, quote; ' +
          'care: order, delivery, shipping, return, refund, warranty, broken, complaint; ' +
          'other: everything else',
      ),
    confidence: z.number().min(0).max(1).describe('How sure you are, between 0 and 1'),
  }),
  prompt: ({ query }) => promptOf(tag('query', query), 'What does the customer want?'),
});
