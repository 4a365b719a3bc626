import { z } from 'zod';

import { SEO_DESCRIPTION_LIMIT } from '../common/article-limits';
import { defineAgent } from './define-agent';
import { MATERIAL_RULE, promptOf, tag } from './prompt-parts';
import { topicField } from './schemas';

/** Writes the description that search engines show. */
export const seo = defineAgent({
  name: 'seo',
  description: `Writes the search description of an article, at most ${SEO_DESCRIPTION_LIMIT} characters`,
  tier: 'fast',
  maxTokens: 128,
  system: promptOf(
    'You are a search editor.',
    `Write the description that a search engine shows under the title: one or two sentences of at most ${SEO_DESCRIPTION_LIMIT} characters in all, ` +
      'counting spaces. Say what the article teaches and for whom, in the words of the topic, in the active voice. Only what the draft holds. ' +
      'No quotation marks, no emoji.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, draft: z.string().min(1) }),
  output: z.object({
    description: z
      .string()
      .trim()
      .min(20)
      .max(SEO_DESCRIPTION_LIMIT)
      .describe(`The description, at most ${SEO_DESCRIPTION_LIMIT} characters`),
  }),
  prompt: ({ topic, draft }) => promptOf(tag('topic', topic), tag('draft', draft), 'Write the description.'),
});
