import { z } from 'zod';

import { LAUNCH_LIMITS } from '../../common/launch-limits';
import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';

/** Words why a launch price is what a program has computed. It decides on no figure. */
export const launchPricer = defineAgent({
  name: 'launchPricer',
  description: 'Explains a computed launch price and first-sale discount in two or three sentences',
  tier: 'fast',
  maxTokens: 256,
  system: promptOf(
    'You are a pricing analyst in a shop. A program has computed the launch price and the first-sale discount of a product. You explain them to the ' +
      'shop’s owner; you change nothing.',
    'You are given <prices>, every figure under its name and `decidedBy`, what the price follows from; and <notes>, what is remarkable.',
    `Two or three sentences, at most ${LAUNCH_LIMITS.rationale} characters: what the price rests on, where it stands among comparable products if ` +
      'there are any, and what the first sale leaves of the margin. Say so when a note warns of something. Prices that a note calls sample data are not the market: ' +
      'call them sample prices.',
    'Copy every figure as it is written in the data. Compute nothing, round nothing, add no figure, no forecast and no claim about the product.',
    MATERIAL_RULE,
  ),
  input: z.object({ name: z.string().min(1), prices: z.record(z.string(), z.union([z.string(), z.number()])), notes: z.array(z.string()) }),
  output: z.object({
    rationale: z.string().trim().min(1).describe(`Two or three sentences, at most ${LAUNCH_LIMITS.rationale} characters`),
  }),
  prompt: ({ name, prices, notes }) =>
    promptOf(tag('name', name), jsonTag('prices', prices), notes.length === 0 ? undefined : jsonTag('notes', notes), 'Explain the price.'),
});
