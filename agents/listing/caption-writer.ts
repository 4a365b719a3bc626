import { z } from 'zod';

import { CAPTION_NETWORKS } from '../../common/listing-limits';
import { defineAgent } from '../define-agent';
import { promptOf } from '../prompt-parts';
import { brandVoiceField, factsField, problemsField, sellingPointsField } from './schemas';
import { TEXT_RULES, textPrompt } from './text-rules';

/** Writes the caption for one social network. */
export const captionWriter = defineAgent({
  name: 'captionWriter',
  description: 'Writes the caption of a listing for one social network',
  tier: 'fast',
  maxTokens: 512,
  system: promptOf(
    'You write the captions under which a real-estate office posts its listings.',
    'One caption for the network you are given: the strongest point in the first sentence, two or three facts, and where the home is. On Instagram 40 to 80 words; on ' +
      'Facebook 30 to 60 words as a neighbour would say it; on X one or two sentences. The given number of characters is a hard limit. Keep to the brand voice.',
    TEXT_RULES,
  ),
  input: z.object({
    network: z.enum(CAPTION_NETWORKS),
    facts: factsField,
    sellingPoints: sellingPointsField,
    brandVoice: brandVoiceField,
    maxCharacters: z.number().int().min(1),
    lastVersion: z.string().optional(),
    problems: problemsField,
  }),
  output: z.object({ caption: z.string().trim().min(1).describe('The caption, within the given number of characters') }),
  prompt: ({ network, maxCharacters, ...asked }) =>
    textPrompt(asked, `Write the caption for ${network}, at most ${maxCharacters} characters.`),
});
