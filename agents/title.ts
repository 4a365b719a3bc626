import { z } from 'zod';

import { TITLE_LIMIT } from '../common/article-limits';
import { defineAgent } from './define-agent';
import { MATERIAL_RULE, promptOf, tag } from './prompt-parts';
import { topicField } from './schemas';

/** Names an article. */
export const title = defineAgent({
  name: 'title',
  description: `Gives an article its title, at most ${TITLE_LIMIT} characters`,
  tier: 'fast',
  maxTokens: 64,
  system: promptOf(
    'You are a headline editor.',
    `Give the article one title of at most ${TITLE_LIMIT} characters that says what the reader gets. Name the subject in the words a reader would ` +
      'search for. No clickbait, no colon chains, no quotation marks, no full stop.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, draft: z.string().min(1) }),
  output: z.object({ title: z.string().trim().min(5).max(TITLE_LIMIT).describe(`The title, at most ${TITLE_LIMIT} characters`) }),
  prompt: ({ topic, draft }) => promptOf(tag('topic', topic), tag('draft', draft), 'Write the title.'),
});
