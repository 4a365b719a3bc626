import { z } from 'zod';

import { boundedText } from './bounded-text';
import { dataSource, SAMPLE_SOURCE } from './data-source';
import { defineTool } from './define-tool';
import { placeInput } from './place-input';
import { sampleSchools } from './samples/sample-answers';

const schoolSchema = z.object({
  name: boundedText(150),
  level: z.enum(['elementary', 'middle', 'high']),
  rating: z.number().min(1).max(10),
  distanceMiles: z.number().min(0).max(25_000).optional(),
});

export type School = z.output<typeof schoolSchema>;

/** Schools near a place with their ratings. */
export const schoolRatings = defineTool({
  name: 'schoolRatings',
  description: 'Finds the schools near an address with their level and their rating from 1 to 10. An empty list means that none was found.',
  input: z.strictObject({ ...placeInput, limit: z.number().int().min(1).max(20).default(5).describe('Schools at most') }),
  output: z.object({ ...dataSource, schools: z.array(schoolSchema).max(20) }),
  run: (place) => ({ ...SAMPLE_SOURCE, schools: sampleSchools(place, place.limit) }),
});
