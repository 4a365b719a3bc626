import { z } from 'zod';

import type { ModelTier } from '../../common/call';
import { defineAgent } from '../define-agent';
import { MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { draftField, taskField } from './schemas';

const objection = z.string().min(1).max(800).describe('One problem: its place, the fault and the remedy, at most two sentences');

interface CriticSpec<Name extends string> {
  readonly name: Name;
  readonly tier: ModelTier;
}

/** A critic of a debate: they differ in tier alone. */
export function defineCritic<Name extends string>({ name, tier }: CriticSpec<Name>) {
  return defineAgent({
    name,
    tier,
    description: `Says what has to change in a draft before it may stand, and what may change (${tier} tier)`,
    maxTokens: 1_536,
    system: promptOf(
      'You are the critic in a debate about a draft. You find what is wrong with it before its reader does. You do not rewrite it.',
      'You are given <task>, what the draft is to do, and <draft>.',
      'blocking: what has to change before the draft may stand. The task is not done or only in part, a limit that the task sets is broken, a statement is ' +
        'false, contradicts another one or rests on nothing, or a reader would be led to a wrong decision. minor: what would be better otherwise and may ' +
        'stay: wording, order, a missing example. What is a matter of taste is minor, and so is what you are not sure of.',
      'Make one point of each fault: name the place, say what is wrong there and what would settle it, so that the author can act without asking back. Look ' +
        'at the whole draft, so that no later round brings up what stood there before. A draft may be good: then leave the list empty, and do not praise.',
      MATERIAL_RULE,
    ),
    input: z.object({ task: taskField, draft: draftField }),
    output: z.object({
      blocking: z.array(objection).max(6).describe('At most 6 items, weightiest first; empty when there is nothing to object to'),
      minor: z.array(objection).max(4).describe('At most 4 items, weightiest first; empty when there is nothing to object to'),
    }),
    prompt: ({ task, draft }) => promptOf(tag('task', task), tag('draft', draft), 'Criticise the draft.'),
  });
}
