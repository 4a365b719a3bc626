import { z } from 'zod';

import { CALL_OPTIONS } from '../call-options';
import { definePipeline } from './define-pipeline';

/** One agent by itself: to try one out, and how an agent with tools of its own works for another one. */
export const oneAgent = definePipeline({
  name: 'oneAgent',
  description: 'Runs one agent of the registry by itself, with its tools when it has any',
  diagram: 'agent (⇄ tools)',
  subjectField: 'agent',
  input: z.strictObject({
    agent: z.enum(Object.keys(CALL_OPTIONS)).describe('Name of the agent, as "npx troupe agents" lists it'),
    input: z.record(z.string(), z.unknown()).describe('What the agent takes; checked against its own schema'),
  }),
  result: z.object({ agent: z.string(), output: z.unknown() }),
});
