import { z } from 'zod';

import { httpSales, httpSalesSchema } from './connectors/http-property';
import { resoSchema } from './connectors/reso-config';
import { resoSales } from './connectors/reso-sales';
import { dataSource, SAMPLE_SOURCE } from './data-source';
import { defineTool } from './define-tool';
import { placeInput } from './place-input';
import { currencyCode, saleSchema } from './property-schema';
import { sampleSales } from './samples/sample-answers';

/** Closed sales of like properties nearby. */
export const comparableSales = defineTool({
  name: 'comparableSales',
  description:
    'Finds recent closed sales of properties like one at a place. Give city or postal code, and bedrooms and living area of the property when known. ' +
    'Returns price, date, area and rooms of each sale. An empty list means that none was found.',
  startToCloseMs: 60_000, // a token and several pages, each with its own limit
  input: z.strictObject({
    ...placeInput,
    bedrooms: z.number().int().min(0).max(10_000).optional(),
    livingAreaSqft: z.number().positive().max(1e9).optional(),
    months: z.number().int().min(1).max(120).default(12).describe('How far back to look'),
    limit: z.number().int().min(1).max(25).default(6).describe('Sales at most'),
  }),
  output: z.object({ ...dataSource, currency: currencyCode, sales: z.array(saleSchema).max(25) }),
  config: z.discriminatedUnion('connector', [resoSchema, httpSalesSchema], { error: 'must be "resoWebApi" or "httpJson"' }).optional(),
  run: async (wanted, context) => {
    const { config } = context;
    if (config === undefined) return { ...SAMPLE_SOURCE, currency: 'USD', sales: sampleSales(wanted) };
    const { found, ...rest } =
      config.connector === 'resoWebApi'
        ? await resoSales(wanted, { ...context, config, tool: 'comparableSales' })
        : await httpSales(wanted, { ...context, config });
    return { sample: false, ...rest, currency: config.currency, sales: found };
  },
});
