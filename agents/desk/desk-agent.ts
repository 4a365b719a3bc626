import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { MATERIAL_RULE, promptOf, tag } from '../prompt-parts';

/** What every agent of the desk is asked. */
export const deskQuestionSchema = z.object({
  question: z.string().trim().min(1, 'must not be empty').max(8_000),
  /** Code, data or text that the question is about. */
  material: z.string().trim().min(1).max(100_000).optional(),
});

/** What every specialist of the desk returns. */
export const deskAnswerSchema = z.object({
  answer: z.string().min(1).describe('The answer in Markdown, the result first'),
  confidence: z.enum(['low', 'medium', 'high']).describe('How far the asker can rely on the answer'),
  sources: z
    .array(z.string().min(1).describe('Kind of source a reader could check, e.g. "PostgreSQL manual, chapter Indexes"; no invented links'))
    .max(5)
    .describe('At most 5 items; empty when the answer rests on the material alone'),
  openPoints: z
    .array(z.string().min(1).describe('What is not known and would change the answer, one sentence'))
    .max(3)
    .describe('At most 3 items; empty when nothing is open'),
});

interface DeskSpec<Name extends string> {
  readonly name: Name;
  readonly description: string;
  readonly tier: 'fast' | 'balanced';
  readonly maxTokens: number;
  /** Who it is, one sentence. */
  readonly role: string;
  /** How it works. */
  readonly method: string;
}

/** A specialist of the desk: they differ in role, method and size, and share question and answer. */
export function deskAgent<Name extends string>({ role, method, ...spec }: DeskSpec<Name>) {
  return defineAgent({
    ...spec,
    system: promptOf(
      role,
      method,
      'Answer the question that was asked, in the language it was asked in. Begin with the result, then give what the asker needs to check or use ' +
        'it. Where something is missing, state the assumption you make and list it as an open point. Never invent a figure, a link, a quotation or ' +
        'a function that may not exist; say what you are not sure of.',
      MATERIAL_RULE,
    ),
    input: deskQuestionSchema,
    output: deskAnswerSchema,
    prompt: ({ question, material }) =>
      promptOf(tag('question', question), material === undefined ? undefined : tag('material', material), 'Answer the question.'),
  });
}
