import { z } from 'zod';

import { definePipeline } from './define-pipeline';
import { findings, topic } from './fields';

/** Two agents: facts, then three paragraphs for developers. */
export const brief = definePipeline({
  name: 'brief',
  description: 'A topic becomes three paragraphs for developers: researcher, then writer',
  diagram: 'researcher → briefWriter',
  subjectField: 'topic',
  input: z.strictObject({ topic }),
  result: z.object({ paragraphs: z.array(z.string()).length(3), findings }),
});
