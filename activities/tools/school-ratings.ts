import { z } from 'zod';

import { boundedText } from './bounded-text';
import { fetchRows, httpJsonSchema, type HttpJsonShape } from './connectors/http-json';
import { PLACE_PLACEHOLDERS, placeValues } from './connectors/place-values';
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

const SHAPE: HttpJsonShape = {
  placeholders: [...PLACE_PLACEHOLDERS, 'limit'],
  required: { name: 'text', level: 'text', rating: 'number' },
  optional: { distanceMiles: 'number' },
};

/** Schools near a place with their ratings. */
export const schoolRatings = defineTool({
  name: 'schoolRatings',
  description: 'Finds the schools near an address with their level and their rating from 1 to 10. An empty list means that none was found.',
  input: z.strictObject({ ...placeInput, limit: z.number().int().min(1).max(20).default(5).describe('Schools at most') }),
  output: z.object({ ...dataSource, schools: z.array(schoolSchema).max(20) }),
  config: httpJsonSchema(SHAPE).optional(),
  run: async ({ limit, ...place }, { config, signal }) => {
    if (config === undefined) return { ...SAMPLE_SOURCE, schools: sampleSchools(place, limit) };
    const values = { ...placeValues(place), limit };
    const { rows, ...rest } = await fetchRows({ tool: 'schoolRatings', config, shape: SHAPE, values, row: schoolSchema, signal });
    return { sample: false, ...rest, schools: rows.slice(0, limit) };
  },
});
