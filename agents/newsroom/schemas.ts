import { z } from 'zod';

import { sectionSchema } from '../schemas';

/** What the router decided an article shall be. */
export const assignmentSchema = z.object({
  length: z.enum(['short', 'long']).describe('short: about 400 words; long: about 1,100 words'),
  kind: z.enum(['technical', 'general']).describe('technical: for readers who do it themselves; general: for everybody else'),
});

/** The one document that the writer works from. */
export const briefSchema = z.object({
  message: z.string().min(1).describe('What the reader shall remember, one sentence'),
  sections: z
    .array(
      z.object({
        heading: z.string().min(1).describe('Section heading, at most 8 words'),
        purpose: z.string().min(1).describe('What the section is for, at most 20 words'),
        facts: z.array(z.string().min(1).describe('One fact, one sentence')).max(6).describe('Between 1 and 6 items'),
      }),
    )
    .min(3)
    .max(5)
    .describe('Between 3 and 5 items, in reading order'),
  conflicts: z
    .array(
      z.object({
        between: z.array(z.string().min(1)).min(2).describe('The angles that disagree, at least 2 items'),
        about: z.string().min(1).describe('What they disagree about, one sentence'),
        settled: z.string().min(1).describe('How it was settled, or why it stays open, one sentence'),
      }),
    )
    .max(5),
});

/** Corrections as a list, so that each can be traced; code applies them. */
export const correctionsSchema = z.object({
  corrections: z
    .array(
      z.object({
        id: z.string().min(1).max(40).describe('Short name of the correction, unique in this list, like "c1"'),
        quote: z.string().min(1).describe('The words to change, copied from the draft to the letter; long enough to occur only once in it'),
        replacement: z.string().describe('What stands there instead; empty to delete the quoted words'),
        reason: z.string().min(1).describe('Why, one sentence'),
      }),
    )
    .max(12)
    .describe('At most 12 items, weightiest first; empty when nothing needs a change'),
});

export const newsOutlineSchema = z.object({
  sections: z.array(sectionSchema).min(3).max(5).describe('Between 3 and 5 items, in reading order'),
});
