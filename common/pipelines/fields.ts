import { z } from 'zod';

/** Input and result fields that several pipelines share. */
export const topic = z.string().trim().min(1, 'must not be empty').max(2_000).describe('What it is about');

export const audience = z.string().trim().min(1).max(500).default('software developers').describe('Who reads it');

export const findings = z.object({
  angle: z.string(),
  summary: z.string(),
  facts: z.array(z.object({ claim: z.string(), detail: z.string(), source: z.string() })),
  confidence: z.enum(['low', 'medium', 'high']),
});

export const outlineSection = z.object({ heading: z.string(), purpose: z.string(), points: z.array(z.string()) });
