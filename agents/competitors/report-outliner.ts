import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, topicField } from '../schemas';
import { reportOutlineSchema } from './schemas';

/** Plans a long report so that its sections can be written side by side. */
export const reportOutliner = defineAgent({
  name: 'reportOutliner',
  description: 'Plans a competitor report: which section needs which competitors and facts',
  tier: 'balanced',
  maxTokens: 12_288, // fifty sections with their ids
  system: promptOf(
    'You are the planning editor of a market research firm. You plan a competitor report whose sections are written at the same time by different writers.',
    'You are given <topic>, the market; <audience>, who reads it; <ours>, our product, if there is one; <competitors> and <facts>, each with its id.',
    'A writer sees the heading, the purpose and the facts of one section and nothing else, so give each section every fact it needs, by its id, and no two ' +
      'sections the same job. Begin with what the reader has to decide, then the market, then competitors by what sets them apart (alone or in groups), ' +
      'then comparisons across them, last what follows for the reader. A section on prices by themselves and the list of sources are added later: plan none.',
    'Every competitor that was researched belongs to at least one section. Use only the ids you are given. Headings name things; they do not tease.',
    'When <wrong_with_it> says what is wrong with <previous_outline>, return a whole outline in which all of it is put right.',
    MATERIAL_RULE,
  ),
  input: z.object({
    market: topicField,
    audience: audienceField,
    ours: z.string().optional(),
    sectionCount: z.number().int().min(1).max(60),
    wordsEach: z.number().int().min(1),
    competitors: z.array(z.object({ id: z.string(), name: z.string(), positioning: z.string() })).min(1),
    facts: z.array(z.object({ id: z.string(), claim: z.string() })).min(1),
    previous: reportOutlineSchema.optional(),
    problems: z.array(z.string()).optional(),
  }),
  output: reportOutlineSchema,
  prompt: ({ market, audience, ours, sectionCount, wordsEach, competitors, facts, previous, problems }) =>
    promptOf(
      tag('topic', market),
      tag('audience', audience),
      ours === undefined ? undefined : tag('ours', ours),
      jsonTag('competitors', competitors),
      jsonTag('facts', facts),
      previous === undefined ? undefined : jsonTag('previous_outline', previous),
      problems === undefined ? undefined : jsonTag('wrong_with_it', problems),
      `Plan the report with exactly ${sectionCount} sections of about ${wordsEach} words each.`,
    ),
});
