import { z } from 'zod';

export const queryField = z.string().trim().min(1, 'must not be empty').max(4_000);

/** A product as the specialists see it. */
export const candidateSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string().optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  inStock: z.boolean().optional(),
  /** With its currency, as it may be quoted. */
  price: z.string().min(1),
});

export const candidatesField = z.array(candidateSchema);
