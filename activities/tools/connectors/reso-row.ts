import { z } from 'zod';

import { propertyRecordSchema, saleSchema } from '../property-schema';

/** A property of the server: our record, and what tells its listings apart. */
export const resoProperty = propertyRecordSchema.extend({
  status: z.string().optional(),
  closePrice: z.number().positive().optional(),
  closeDate: z.iso.date().optional(),
});

export type ResoProperty = z.output<typeof resoProperty>;

/** A sale of the server: ours, and what says whether it is one of another property. */
export const resoSale = saleSchema.extend({
  status: z.string().optional(),
  city: z.string().optional(),
  state: z.string().optional(),
  postalCode: z.string().optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});

export type ResoSale = z.output<typeof resoSale>;
