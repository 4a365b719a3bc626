import { z } from 'zod';

import { boundedText } from './bounded-text';
import { dataSource, SAMPLE_SOURCE } from './data-source';
import { defineTool } from './define-tool';
import { placeInput } from './place-input';
import { sampleWalkability } from './samples/sample-answers';

const score = z.number().min(0).max(100).optional();

const walkabilitySchema = z.object({
  walkScore: score,
  transitScore: score,
  bikeScore: score,
  description: boundedText(300).optional(),
});

export type Walkability = z.output<typeof walkabilitySchema>;

/** How well one gets about from a place without a car. */
export const walkability = defineTool({
  name: 'walkability',
  description:
    'Tells how well one gets about from an address on foot, by transit and by bike, each from 0 to 100. Scores that are not known are absent.',
  input: z.strictObject(placeInput),
  output: z.object({ ...dataSource, ...walkabilitySchema.shape }),
  run: (place) => ({ ...SAMPLE_SOURCE, ...sampleWalkability(place) }),
});
