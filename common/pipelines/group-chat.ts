import { z } from 'zod';

import { definePipeline } from './define-pipeline';
import { topic } from './fields';

const HOUR_MS = 3_600_000;

const speaker = z.strictObject({
  name: z.string().trim().min(1).max(60),
  system: z.string().trim().min(1).max(20_000).describe('Who the speaker is; of a person, what the moderator should know'),
  tier: z.enum(['fast', 'balanced', 'best']).optional().describe('Model tier; fast by default'),
  person: z.boolean().default(false).describe('A person, whose turns come through a review'),
});

/** A conversation of agents, and of people where wanted, handed in as data. */
export const groupChat = definePipeline({
  name: 'groupChat',
  description: 'Speakers handed in as JSON take turns on a topic, in a round or by a moderator; people can be among them',
  diagram: 'round or chatModerator → speaker, an agent or a person → … → transcript',
  subjectField: 'topic',
  input: z.strictObject({
    topic,
    speakers: z
      .array(speaker)
      .min(2)
      .max(12)
      .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'must not name a speaker twice'),
    moderator: z.enum(['round robin', 'moderator']).default('round robin').describe('Who picks the next speaker'),
    maxTurns: z.number().int().min(1).max(100).default(12),
    stopWhen: z.string().trim().min(1).max(200).optional().describe('Words in a turn that end the chat, like AGREED'),
    reviewDeadlineMs: z
      .number()
      .int()
      .min(1)
      .max(30 * 24 * HOUR_MS)
      .default(24 * HOUR_MS)
      .describe('Milliseconds that a person has for a turn; then the turn is passed'),
  }),
  result: z.object({
    status: z.enum(['stopped', 'closed by moderator', 'silent', 'exhausted']),
    reason: z.string().nullable().describe('Why the moderator ended it; null otherwise'),
    transcript: z.array(
      z.object({
        turn: z.number().int(),
        speaker: z.string(),
        text: z.string().nullable().describe('Null when passed or failed'),
        pickedBy: z.enum(['round robin', 'moderator', 'moderator failed', 'unknown name']),
        reason: z.string().nullable().describe('Why the moderator picked the speaker; null without one'),
        by: z.string().nullable().describe('Who spoke in a person’s place, as they said; null otherwise'),
      }),
    ),
  }),
});
