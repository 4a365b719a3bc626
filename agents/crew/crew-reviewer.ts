import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { MATERIAL_RULE, promptOf, tag } from '../prompt-parts';

/** Compares an output of a crew with what was expected. */
export const crewReviewer = defineAgent({
  name: 'crewReviewer',
  description: 'Compares the output of a crew’s task with what was expected, and accepts it or says what is missing',
  tier: 'balanced',
  maxTokens: 256,
  system: promptOf(
    'You are the manager of a crew and look at what a member hands in.',
    'Accept it when it is what was expected, in kind, extent and substance. Do not ask for what was not expected. When something is missing or wrong, ' +
      'name it so that the member can put it right without asking back.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: z.string().trim().min(1).max(2_000), description: z.string(), expected: z.string(), output: z.string() }),
  output: z.object({
    accepted: z.boolean().describe('Whether the output is what was expected'),
    feedback: z
      .string()
      .min(1)
      .describe('What is missing or wrong, at most three sentences; of an accepted output why it is good, one sentence'),
  }),
  prompt: ({ topic, description, expected, output }) =>
    promptOf(
      tag('topic', topic),
      tag('description', description),
      tag('expected', expected),
      tag('output', output),
      'Do you accept the output?',
    ),
});
