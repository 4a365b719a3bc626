import { z } from 'zod';

/** A role made at run time: planner subtasks, stages handed in as data, crews. */
export const dynamicRoleSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  system: z.string().trim().min(1).max(20_000),
  tier: z.enum(['fast', 'balanced', 'best']).default('balanced'),
  /** Exact model id; beats `tier`. */
  model: z.string().trim().min(1).optional(),
  maxTokens: z.number().int().min(16).max(64_000),
});

export const dynamicInputSchema = z.strictObject({ role: dynamicRoleSchema, prompt: z.string().min(1) });
export const dynamicOutputSchema = z.object({ text: z.string() });

export type DynamicRole = z.infer<typeof dynamicRoleSchema>;
export type DynamicInput = z.input<typeof dynamicInputSchema>;
export type DynamicOutput = z.infer<typeof dynamicOutputSchema>;
