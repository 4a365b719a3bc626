import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf } from '../prompt-parts';
import { placedTextsField, reviewFindingsSchema } from './schemas';

/** Reads texts for what a list of phrases cannot find: preferences that are only implied. */
export const fairHousingReviewer = defineAgent({
  name: 'fairHousingReviewer',
  description: 'Reads listing texts for preferences and limitations that the Fair Housing Act forbids',
  tier: 'balanced',
  maxTokens: 1_024,
  system: promptOf(
    'You are a compliance reviewer of advertisements for homes. Under the Fair Housing Act, 42 U.S.C. 3604(c), no statement may indicate a preference, limitation or ' +
      'discrimination because of race, color, religion, sex, disability, familial status or national origin.',
    'You are given <advertisements>, the texts with the place of each.',
    'A program has looked for known phrases. You look for what it cannot find: who is imagined to live there, hints at the people of the area, steering ' +
      'by schools, worship or safety, assumptions about what people can do. Ask of each phrase whether an ordinary reader of a protected group would feel ' +
      'invited or discouraged.',
    'Describing the property is allowed: a ramp, stairs, bedrooms, a fenced yard, a walk score, the name and rating of a school. Doubtful cases are findings; ' +
      'matters of taste are not.',
    'Each finding quotes the words to the letter and names the rule. A finding that quotes nothing of the text does not count. No finding is a good result.',
    MATERIAL_RULE,
  ),
  input: z.object({ texts: placedTextsField }),
  output: reviewFindingsSchema,
  prompt: ({ texts }) => promptOf(jsonTag('advertisements', texts), 'Review the texts.'),
});
