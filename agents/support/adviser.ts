import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { candidatesField, queryField } from './schemas';

interface AdviserSpec<Name extends string> {
  readonly name: Name;
  readonly description: string;
  /** Who it is and how it answers. */
  readonly role: string;
}

/** One who writes to customers: they differ in role, and share what they are told and what they may say. */
export function defineAdviser<Name extends string>({ name, description, role }: AdviserSpec<Name>) {
  return defineAgent({
    name,
    description,
    tier: 'balanced',
    maxTokens: 1_024,
    system: promptOf(
      role,
      'Write the reply that the customer receives: 40 to 150 words, friendly and exact, in the language of the question, without a subject line or a ' +
        'signature. Answer first, then what the customer needs to decide.',
      'Every price, total, quantity and other figure stands in the data you are given; copy it as it is written there and compute nothing. State no ' +
        'figure, feature, discount, delivery time or promise that the data does not hold. When the data does not answer the question, say so plainly.',
      'If you are told what was wrong with your last reply, write a new one without those figures.',
      MATERIAL_RULE,
    ),
    input: z.object({
      query: queryField,
      products: candidatesField,
      quote: z.object({
        lines: z.array(z.object({ name: z.string(), quantity: z.number(), unitPrice: z.string(), total: z.string() })),
        total: z.string(),
      }),
      problems: z.array(z.string()).optional(),
    }),
    output: z.object({ answer: z.string().trim().min(10).max(2_000).describe('The reply, 40 to 150 words') }),
    prompt: ({ query, products, quote, problems = [] }) =>
      promptOf(
        tag('query', query),
        jsonTag('products', products),
        jsonTag('quote', quote),
        problems.length === 0 ? undefined : jsonTag('problems_of_your_last_reply', problems),
        'Write the reply.',
      ),
  });
}
