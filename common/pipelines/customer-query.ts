import { z } from 'zod';

import { definePipeline } from './define-pipeline';
import { isWholeCents, WHOLE_CENTS } from './whole-cents';

const HOUR_MS = 3_600_000;

const item = z.strictObject({
  id: z.string().trim().min(1).max(100),
  name: z.string().trim().min(1).max(200),
  description: z.string().trim().max(2_000).optional(),
  keywords: z.array(z.string().trim().min(1).max(60)).max(30).optional(),
  attributes: z
    .record(z.string().min(1).max(60), z.union([z.string().max(200), z.number()]))
    .optional()
    .describe('What else may be said of it, like { "weight": "1.2 kg" }'),
  price: z.number().min(0).max(10_000_000).refine(isWholeCents, WHOLE_CENTS).describe('Price of one'),
  inStock: z.boolean().optional(),
});

/** A shop's customer desk: answers rest on the catalog, and what is in doubt goes to a person. */
export const customerQuery = definePipeline({
  name: 'customerQuery',
  description: 'A customer’s question is answered from a catalog by specialists; what is in doubt goes to a person',
  diagram: 'queryClassifier → (productSpecialist ∥ pricingSpecialist) → productAdviser | pricingAdviser | careAdviser → in doubt: a person',
  subjectField: 'query',
  input: z.strictObject({
    query: z.string().trim().min(1, 'must not be empty').max(4_000).describe('What the customer asks'),
    catalog: z
      .array(item)
      .min(1)
      .max(500)
      .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'must not name an id twice')
      .describe('The products that may be spoken of'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be three capital letters, like USD')
      .default('USD')
      .describe('Currency of all prices'),
    minConfidence: z.number().min(0).max(1).default(0.6).describe('Below it a person decides on the answer; from 0 to 1'),
    reviewDeadlineMs: z
      .number()
      .int()
      .min(1)
      .max(30 * 24 * HOUR_MS)
      .default(24 * HOUR_MS)
      .describe('Milliseconds that a person has; then the customer gets a holding reply'),
  }),
  result: z.object({
    status: z.enum(['answered', 'held', 'rejected']).describe('held: nobody decided in time; rejected: a person decided against an answer'),
    answer: z.string().nullable().describe('What the customer receives; null when rejected'),
    answeredBy: z.enum(['agent', 'person', 'nobody']),
    routing: z.object({
      route: z.enum(['product', 'pricing', 'care', 'person']).describe('Who wrote the answer, or had it decided'),
      why: z.enum(['chosen', 'unknown class', 'low confidence', 'classifier failed', 'specialist failed']),
      classified: z.string().nullable().describe('What the classifier said; null when it failed'),
      confidence: z.number().min(0).max(1).nullable().describe('The classifier’s confidence; null when it failed'),
    }),
    products: z.array(z.object({ id: z.string(), name: z.string(), why: z.string() })),
    quote: z.object({
      currency: z.string(),
      lines: z.array(z.object({ id: z.string(), name: z.string(), quantity: z.number().int(), unitPrice: z.number(), total: z.number() })),
      total: z.number(),
    }),
    figures: z.array(z.object({ figure: z.string(), source: z.string() })).describe('Every figure of the answer and where it comes from'),
    untraced: z.array(z.string()).describe('Figures that a person let pass although they are not in the data'),
  }),
});
