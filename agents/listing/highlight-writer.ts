import { z } from 'zod';

import { HIGHLIGHT_CHARACTERS } from '../../common/listing-limits';
import { defineAgent } from '../define-agent';
import { promptOf } from '../prompt-parts';
import { brandVoiceField, factsField, problemsField, sellingPointsField } from './schemas';
import { TEXT_RULES, textPrompt } from './text-rules';

/** Writes the highlight sheet: lines that each name the field they rest on. */
export const highlightWriter = defineAgent({
  name: 'highlightWriter',
  description: 'Writes the highlight sheet of a property, each line with the field it rests on',
  tier: 'fast',
  maxTokens: 1_024,
  system: promptOf(
    'You write highlight sheets: the page of short lines that lies on the table at a showing.',
    'Each line states one fact in at most 15 words, without a final mark, and names the field it rests on, copied to the letter. The selling points come first. No ' +
      'field twice. Figures of comparable sales may be stated as what they are; they are not the price asked.',
    TEXT_RULES,
  ),
  input: z.object({
    facts: factsField,
    sellingPoints: sellingPointsField,
    brandVoice: brandVoiceField,
    lastVersion: z.string().optional(),
    problems: problemsField,
  }),
  output: z.object({
    highlights: z
      .array(
        z.object({
          field: z.string().min(1).describe('The field that the line rests on, as given'),
          text: z.string().trim().min(1).describe(`The line, at most ${HIGHLIGHT_CHARACTERS} characters`),
        }),
      )
      .min(1)
      .max(10)
      .describe('Between 5 and 8 items, the strongest first'),
  }),
  prompt: (asked) => textPrompt(asked, 'Write the highlight sheet.'),
});
