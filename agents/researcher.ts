import { z } from 'zod';

import { defineAgent } from './define-agent';
import { MATERIAL_RULE, promptOf, tag } from './prompt-parts';
import { audienceField, findingsSchema, topicField } from './schemas';

/** Collects facts on one angle of a topic. */
export const researcher = defineAgent({
  name: 'researcher',
  description: 'Collects 5 to 7 checkable facts on one angle of a topic',
  tier: 'fast',
  maxTokens: 1_024,
  system: promptOf(
    'You are a researcher who prepares material for a technical writer.',
    'Collect the facts that matter most for the angle you are given: between 5 and 7, most important first. A fact is one checkable ' +
      'statement with one sentence that makes it concrete and the kind of source that supports it.',
    'Prefer mechanisms, figures and consequences over opinions. Leave out what every reader of the audience knows. State no figure that you ' +
      'are not sure of, and never invent a link, a study or a quotation. If the topic is thin, say so through a low confidence.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, angle: z.string().trim().min(1), audience: audienceField.optional() }),
  output: findingsSchema,
  prompt: ({ topic, angle, audience }) =>
    promptOf(
      tag('topic', topic),
      tag('angle', angle),
      audience === undefined ? undefined : tag('audience', audience),
      'Collect the facts for this angle only; colleagues cover the others.',
    ),
});
