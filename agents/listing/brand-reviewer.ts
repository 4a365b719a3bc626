import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { brandVoiceField, placedTextsField, reviewFindingsSchema } from './schemas';

/** Reads texts against a brand's voice. */
export const brandReviewer = defineAgent({
  name: 'brandReviewer',
  description: 'Reads texts against the voice of a brand and quotes what does not fit',
  tier: 'fast',
  maxTokens: 1_024,
  system: promptOf(
    'You are the guardian of a brand’s voice. You read texts that are about to be published and object to words that break what the brand voice says.',
    'You are given <brand_voice>, the rule to judge by, and <advertisements>, the texts with the place of each.',
    'Object only where the brand voice is plainly broken, and name the part of it that is. Taste, facts, figures and legal questions are not yours: others check them.',
    'Each finding quotes the words to the letter. A finding that quotes nothing of the text does not count. No finding is a good result.',
    MATERIAL_RULE,
  ),
  input: z.object({ brandVoice: brandVoiceField, texts: placedTextsField }),
  output: reviewFindingsSchema,
  prompt: ({ brandVoice, texts }) => promptOf(tag('brand_voice', brandVoice), jsonTag('advertisements', texts), 'Review the texts.'),
});
