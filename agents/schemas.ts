import { z } from 'zod';

/** One finding with what supports it. */
export const factSchema = z.object({
  claim: z.string().min(1).describe('One checkable statement, one sentence'),
  detail: z.string().min(1).describe('One sentence that makes it concrete: a figure, a mechanism or an example'),
  source: z.string().min(1).describe('Kind of source a reader could check, e.g. "PostgreSQL manual, chapter Indexes"; no invented links'),
});

/** What a researcher hands on. */
export const findingsSchema = z.object({
  angle: z.string().min(1).describe('The angle that was asked for'),
  summary: z.string().min(1).describe('What this angle adds, two sentences'),
  facts: z.array(factSchema).min(5).max(7).describe('Between 5 and 7 items, most important first'),
  confidence: z.enum(['low', 'medium', 'high']).describe('How well the facts are established'),
});

/** One section of an outline. */
export const sectionSchema = z.object({
  heading: z.string().min(1).describe('Section heading, at most 8 words'),
  purpose: z.string().min(1).describe('What the reader can do after this section, at most 15 words'),
  points: z.array(z.string().min(1).describe('At most 12 words')).min(2).max(3).describe('Between 2 and 3 items'),
});

export const outlineSchema = z.object({
  sections: z.array(sectionSchema).length(5).describe('Exactly 5 items, in reading order'),
});

export const topicField = z.string().trim().min(1, 'must not be empty').max(2_000);
export const audienceField = z.string().trim().min(1).max(500);

export type Findings = z.infer<typeof findingsSchema>;
export type Section = z.infer<typeof sectionSchema>;
