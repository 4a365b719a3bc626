import { z } from 'zod';

import { boundedText } from './bounded-text';

/** What every data tool says about where its data is from. */
export const dataSource = {
  sample: z.boolean().describe('true: invented, because no connector is configured'),
  source: boundedText(200).describe('Who supplied the data'),
  skipped: z.number().int().min(0).describe('Records left out because they could not be read'),
};

/** The same of sample data. */
export const SAMPLE_SOURCE = { sample: true, source: 'sample data of Troupe', skipped: 0 } as const;

/** What a connector found, and whose data it is. */
export interface Found<Value> {
  readonly found: Value;
  readonly source: string;
  readonly skipped: number;
}
