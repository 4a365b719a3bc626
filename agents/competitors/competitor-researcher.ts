import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, topicField } from '../schemas';
import { competitorStudySchema, oursField } from './schemas';

/** Researches one competitor. */
export const competitorResearcher = defineAgent({
  name: 'competitorResearcher',
  description: 'Researches one competitor: positioning, strengths, weaknesses, prices, each with its source',
  tier: 'fast',
  maxTokens: 3_072,
  serverTools: [
    { name: 'webSearch', maxUses: 3 },
    { name: 'webFetch', maxUses: 2 },
  ],
  system: promptOf(
    'You are a researcher for competitive intelligence. You research one competitor in one market; colleagues research the others at this moment.',
    'You are given <company>, whom to research, and <home_page> if it is known; <market>; <audience>, who reads the report; and <ours>, what we sell, if we do.',
    'Search the web when you can: first the competitor’s own pages on product and prices (read the one that states prices), then what customers and tests say. Say what is particular to ' +
      'this competitor; leave out what holds for everybody in the market. A strength or weakness is one checkable statement, not an opinion.',
    'Give a price only when a page that you found states it: the amount, the currency and what it is paid for, exactly as published. Convert nothing, add ' +
      'up nothing, and turn no yearly price into a monthly one. When nothing was found, leave prices and sources empty and state only what you are sure of. ' +
      'Never invent an address, a figure or a quotation.',
    MATERIAL_RULE,
  ),
  input: z.object({
    market: topicField,
    competitor: z.object({ name: z.string().trim().min(1).max(200), url: z.string().max(2_000).optional() }),
    ours: oursField.optional(),
    audience: audienceField,
  }),
  output: competitorStudySchema,
  prompt: ({ market, competitor: { name, url }, ours, audience }) =>
    promptOf(
      tag('company', name),
      url === undefined ? undefined : tag('home_page', url),
      tag('market', market),
      tag('audience', audience),
      ours === undefined ? undefined : jsonTag('ours', ours),
      'Research this competitor. Where it sells on several bases, prefer prices on the basis that ours has.',
    ),
});
