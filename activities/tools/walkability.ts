import { z } from 'zod';

import { boundedText } from './bounded-text';
import { fetchRows, httpJsonSchema, type HttpJsonShape } from './connectors/http-json';
import { PLACE_PLACEHOLDERS, placeValues } from './connectors/place-values';
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

const SHAPE: HttpJsonShape = {
  placeholders: PLACE_PLACEHOLDERS,
  required: {},
  optional: { walkScore: 'number', transitScore: 'number', bikeScore: 'number', description: 'text' },
};

const SCORES = ['walkScore', 'transitScore', 'bikeScore'] as const;

/** An answer without any score is the answer to another question. */
const walkabilityRow = walkabilitySchema.refine((row) => SCORES.some((name) => row[name] !== undefined), { error: 'it has no score' });

/** How well one gets about from a place without a car. */
export const walkability = defineTool({
  name: 'walkability',
  description:
    'Tells how well one gets about from an address on foot, by transit and by bike, each from 0 to 100. Scores that are not known are absent.',
  input: z.strictObject(placeInput),
  output: z.object({ ...dataSource, ...walkabilitySchema.shape }),
  config: httpJsonSchema(SHAPE)
    .refine(({ fields }) => SCORES.some((name) => Object.hasOwn(fields, name)), {
      path: ['fields'],
      error: `must say where one of ${SCORES.join(', ')} is`,
    })
    .optional(),
  run: async (place, { config, signal }) => {
    if (config === undefined) return { ...SAMPLE_SOURCE, ...sampleWalkability(place) };
    const values = placeValues(place);
    const { rows, ...rest } = await fetchRows({ tool: 'walkability', config, shape: SHAPE, values, row: walkabilityRow, signal });
    return { sample: false, ...rest, ...rows[0] };
  },
});
