import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf } from '../prompt-parts';
import { factsField } from './schemas';

/** Picks what speaks most for a property, by reference: it names fields of the data and writes nothing of its own about the property. */
export const listingAnalyst = defineAgent({
  name: 'listingAnalyst',
  description: 'Picks the strongest selling points of a property by the fields that hold them',
  tier: 'fast',
  maxTokens: 512,
  system: promptOf(
    'You are a real-estate analyst. From the facts of a property you pick what will matter most to whoever looks for a home like it; colleagues write ' +
      'the texts.',
    'You are given <facts>: what is known of the property, each fact under the name of its field.',
    'Name each point by its field, copied to the letter, the strongest first. Prefer what neighbouring homes lack and what is costly to add later: space, ' +
      'lot, garage, recent work, unusual features. Rooms and areas count when they are above the ordinary. Prices, taxes and past sales are no selling points.',
    'Speak of the property, never of people: not who would like to live there, nor who lives nearby. A school may be named as a fact, not praised.',
    MATERIAL_RULE,
  ),
  input: z.object({ facts: factsField }),
  output: z.object({
    sellingPoints: z
      .array(
        z.object({
          field: z.string().min(1).describe('The field as given'),
          why: z.string().min(1).describe('Why it speaks for the property, at most 20 words'),
        }),
      )
      .max(6)
      .describe('Between 3 and 6 items, strongest first'),
  }),
  prompt: ({ facts }) => promptOf(jsonTag('facts', facts), 'Pick the selling points.'),
});
