import { z } from 'zod';

import { boundedText } from './bounded-text';
import { plainLine } from '../../common/plain-text';

const count = z.number().int().min(0).max(10_000);
const rooms = z.number().min(0).max(1_000);
const area = z.number().positive().max(1e9);
const money = z.number().min(0).max(1e12);
const year = z.number().int().min(1_000).max(3_000);
const day = z.iso.date();

const MAX_FEATURES = 60;

/** Like `boundedText`, but one that cannot be read is left out instead of all of them. */
function boundedFeatures(features: string[]): string[] {
  const lines = features.map((feature) => plainLine(feature, 80)).filter((feature) => feature !== '');
  return lines.slice(0, MAX_FEATURES);
}

/** What public records say of a property. Money in main units of the records' currency. What is unknown is absent. */
export const propertyRecordSchema = z.object({
  recordId: boundedText(100),
  address: boundedText(300),
  city: boundedText(100),
  state: boundedText(100),
  postalCode: boundedText(20),
  propertyType: boundedText(100),
  bedrooms: count,
  bathrooms: rooms.describe('A bath that is not full counts 0.5'),
  livingAreaSqft: area,
  lotSizeSqft: area.optional(),
  yearBuilt: year.optional(),
  stories: rooms.optional(),
  garageSpaces: rooms.optional(),
  features: z.array(z.string()).overwrite(boundedFeatures),
  annualTax: money.optional(),
  lastSalePrice: money.optional(),
  lastSaleDate: day.optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});

export type PropertyRecord = z.output<typeof propertyRecordSchema>;

/** A property that was sold nearby. Money in main units. */
export const saleSchema = z.object({
  recordId: boundedText(100),
  address: boundedText(300),
  closePrice: money.positive(),
  closeDate: day,
  livingAreaSqft: area,
  bedrooms: count,
  bathrooms: rooms,
  yearBuilt: year.optional(),
  distanceMiles: z.number().min(0).max(25_000).optional(),
});

export type Sale = z.output<typeof saleSchema>;

/** ISO 4217 code of all prices of a source. */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be a code like "USD"');
