import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, topicField } from '../schemas';
import { bodyField, citedFactSchema } from './schemas';

/** Edits one section of a report and puts right what code found in it. */
export const sectionEditor = defineAgent({
  name: 'sectionEditor',
  description: 'Edits one section of a report and puts right what code found wrong in it',
  tier: 'balanced',
  maxTokens: 3_072,
  system: promptOf(
    'You are the editor of a long report. You get one section and the facts that it may rest on.',
    'You are given <topic> and <audience> of the report; <this_section>, its heading and what it is for; <facts>; and <draft>, the section.',
    'Return the whole section, edited: one term for one thing, no filler, no repetition, every sentence with one thought. A statement that the facts do not ' +
      'support is softened to what they say, or goes. Keep references in square brackets like [3] behind the sentences they belong to; add none that the ' +
      'facts do not have. Copy figures as they stand in the facts; compute nothing.',
    'What stands in <found_by_code> must be put right: a figure that is in no fact goes or is replaced by the one that is; so does a reference that does not ' +
      'exist. Leave good sentences as they are. Level-3 headings at most, no heading for the section itself, no remark about your work.',
    MATERIAL_RULE,
  ),
  input: z.object({
    topic: topicField,
    audience: audienceField,
    heading: z.string().min(1),
    purpose: z.string().min(1),
    words: z.number().int().min(1),
    facts: z.array(citedFactSchema).min(1),
    draft: z.string().min(1),
    problems: z.array(z.string()),
  }),
  output: z.object({ body: bodyField.describe('The edited section in Markdown, whole') }),
  prompt: ({ topic, audience, heading, purpose, words, facts, draft, problems }) =>
    promptOf(
      tag('topic', topic),
      tag('audience', audience),
      tag('this_section', `${heading}\n${purpose}`),
      jsonTag('facts', facts),
      tag('draft', draft),
      problems.length === 0 ? undefined : jsonTag('found_by_code', problems),
      `Edit the section; it may have about ${words} words.`,
    ),
});
