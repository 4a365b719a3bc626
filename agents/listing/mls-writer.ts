import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { promptOf } from '../prompt-parts';
import { brandVoiceField, factsField, problemsField, sellingPointsField } from './schemas';
import { TEXT_RULES, textPrompt } from './text-rules';

/** Writes the description that goes to the MLS. */
export const mlsWriter = defineAgent({
  name: 'mlsWriter',
  description: 'Writes the MLS description of a property from its facts',
  tier: 'balanced',
  maxTokens: 4_096, // a board may allow 10,000 characters
  system: promptOf(
    'You write property descriptions for a multiple listing service: the text that agents and buyers read first.',
    'Plain prose in full sentences, one to three paragraphs, the strongest selling point first, then rooms and areas, then lot, parking and location. Use the room ' +
      'you have and no more: the given number of characters, spaces included, is a hard limit. Keep to the brand voice.',
    TEXT_RULES,
  ),
  input: z.object({
    facts: factsField,
    sellingPoints: sellingPointsField,
    brandVoice: brandVoiceField,
    maxCharacters: z.number().int().min(1),
    lastVersion: z.string().optional(),
    problems: problemsField,
  }),
  output: z.object({ mlsDescription: z.string().trim().min(1).describe('The description, within the given number of characters') }),
  prompt: ({ maxCharacters, ...asked }) => textPrompt(asked, `Write the MLS description, at most ${maxCharacters} characters.`),
});
