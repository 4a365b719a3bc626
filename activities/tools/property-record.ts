import { z } from 'zod';

import { dataSource, SAMPLE_SOURCE } from './data-source';
import { defineTool } from './define-tool';
import { placeInput } from './place-input';
import { propertyRecordSchema } from './property-schema';
import { sampleProperty } from './samples/sample-answers';

/** What public records or the MLS say of a property. */
export const propertyRecord = defineTool({
  name: 'propertyRecord',
  description:
    'Looks up the public record of a property by its address: type, rooms, areas, year built, features, yearly tax, last sale. Returns property: null ' +
    'when there is no record of it. Facts that the record lacks are absent: do not guess them.',
  startToCloseMs: 60_000, // a token and several pages, each with its own limit
  input: z.strictObject(placeInput),
  output: z.object({ ...dataSource, property: propertyRecordSchema.nullable() }),
  run: (place) => ({ ...SAMPLE_SOURCE, property: sampleProperty(place) }),
});
