import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, topicField } from '../schemas';
import { bodyField, citedFactSchema } from './schemas';

/** Writes one section of a report from the facts that belong to it. */
export const sectionWriter = defineAgent({
  name: 'sectionWriter',
  description: 'Writes one section of a report from its facts, with references',
  tier: 'balanced',
  maxTokens: 3_072,
  system: promptOf(
    'You write one section of a long report for people who decide something by it. Colleagues write the other sections at this moment.',
    'You are given <topic>, what the report is about; <audience>, who reads it; <this_section>, its heading and what it is for; <facts>; and ' +
      '<written_by_colleagues>, the other headings.',
    'Write only what this section is for, from its facts and no others. Numbers in square brackets behind a fact are its references, like [3]: repeat them ' +
      'behind every sentence that rests on the fact, exactly as they are, and invent none. Copy figures as they stand; compute nothing.',
    'Begin with the point of the section. Plain, exact prose in Markdown; level-3 headings where it has several parts, no heading for the section itself, no ' +
      'summary of what other sections say, no links. When the facts do not fill the length, write less.',
    MATERIAL_RULE,
  ),
  input: z.object({
    topic: topicField,
    audience: audienceField,
    heading: z.string().min(1),
    purpose: z.string().min(1),
    words: z.number().int().min(1),
    facts: z.array(citedFactSchema).min(1),
    others: z.array(z.string()),
  }),
  output: z.object({ body: bodyField.describe('The text of the section in Markdown') }),
  prompt: ({ topic, audience, heading, purpose, words, facts, others }) =>
    promptOf(
      tag('topic', topic),
      tag('audience', audience),
      tag('this_section', `${heading}\n${purpose}`),
      jsonTag('facts', facts),
      others.length === 0 ? undefined : jsonTag('written_by_colleagues', others),
      `Write the section in about ${words} words.`,
    ),
});
