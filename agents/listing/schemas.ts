import { z } from 'zod';

/** What a text may say, by the name of its field. */
export const factsField = z.array(z.object({ field: z.string().min(1), value: z.string().min(1) })).min(1);

export const sellingPointsField = z.array(z.object({ field: z.string(), fact: z.string(), why: z.string() }));

export const brandVoiceField = z.string().trim().min(1);

/** What checks objected to in the last version of a text. */
export const problemsField = z.array(z.object({ phrase: z.string(), rule: z.string(), instead: z.string().optional() })).optional();

/** Texts under the names that findings give their place by. */
export const placedTextsField = z.array(z.object({ place: z.string().min(1), text: z.string() })).min(1);

/** Findings of a reviewer; code keeps only those whose phrase stands in the text. */
export const reviewFindingsSchema = z.object({
  findings: z
    .array(
      z.object({
        place: z.string().min(1).describe('The place of the text, as given'),
        phrase: z.string().min(1).describe('The words objected to, copied from that text to the letter, at most 15 words'),
        rule: z.string().min(1).describe('The rule that they break, at most 30 words'),
      }),
    )
    .max(10)
    .describe('At most 10 items, weightiest first; empty when there is nothing to object to'),
});
