import { z } from 'zod';

import { definePipeline } from './define-pipeline';

/** Something in a text that rests on nothing. */
export const untracedItem = z.object({ kind: z.enum(['figure', 'reference', 'link']), text: z.string() });

/** One section of a report from given facts: a child of long reports, and of use by itself. */
export const reportSection = definePipeline({
  name: 'reportSection',
  description: 'One section of a report is written from given facts and edited; its references and figures are checked in code',
  diagram: 'sectionWriter → check in code → sectionEditor → check in code',
  subjectField: 'heading',
  input: z.strictObject({
    topic: z.string().trim().min(1).max(2_000).describe('What the whole report is about'),
    audience: z.string().trim().min(1).max(500).default('people who decide on product and price').describe('Who reads it'),
    heading: z.string().trim().min(1).max(200),
    purpose: z.string().trim().min(1).max(500).describe('What the reader can decide after it'),
    words: z.number().int().min(50).max(2_000).default(400).describe('About how long it shall be'),
    facts: z
      .array(
        z.strictObject({
          claim: z.string().trim().min(1).max(2_000),
          sources: z.array(z.number().int().min(1)).max(20).default([]).describe('Numbers of its sources'),
        }),
      )
      .min(1)
      .max(100)
      .describe('All that the section may say, and all sources that it may refer to'),
    names: z.array(z.string().min(1).max(200)).max(200).default([]).describe('Names that may hold digits: no figures'),
    others: z.array(z.string().min(1).max(200)).max(100).default([]).describe('Headings of the other sections'),
  }),
  result: z.object({
    heading: z.string(),
    body: z.string().describe('The section in Markdown, without its heading; references like [3]'),
    references: z.array(z.number().int()).describe('Numbers of the sources that it refers to'),
    words: z.number().int(),
    untraced: z.array(untracedItem).describe('Figures that are in no fact; references and links that were taken out'),
    edited: z.boolean().describe('False when the editor failed and the writer’s text stands'),
  }),
});
