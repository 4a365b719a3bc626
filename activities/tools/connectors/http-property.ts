import type { ToolContext } from '../define-tool';
import type { Found } from '../data-source';
import { monthsBefore } from '../months-before';
import type { Place, SalesWanted } from '../place-input';
import { currencyCode, type PropertyRecord, propertyRecordSchema, type Sale, saleSchema } from '../property-schema';
import { sameStreet } from '../street-address';
import { fetchRows, type HttpJsonConfig, httpJsonSchema, type HttpJsonShape } from './http-json';
import { PLACE_PLACEHOLDERS, placeValues } from './place-values';

const PROPERTY_SHAPE: HttpJsonShape = {
  placeholders: PLACE_PLACEHOLDERS,
  required: {
    recordId: 'text',
    address: 'text',
    city: 'text',
    state: 'text',
    postalCode: 'text',
    propertyType: 'text',
    bedrooms: 'number',
    bathrooms: 'number',
    livingAreaSqft: 'number',
  },
  optional: {
    lotSizeSqft: 'number',
    yearBuilt: 'number',
    stories: 'number',
    garageSpaces: 'number',
    features: 'texts',
    annualTax: 'number',
    lastSalePrice: 'number',
    lastSaleDate: 'date',
    latitude: 'number',
    longitude: 'number',
  },
};

const SALES_SHAPE: HttpJsonShape = {
  placeholders: [...PLACE_PLACEHOLDERS, 'bedrooms', 'livingAreaSqft', 'months', 'since', 'limit'],
  required: {
    recordId: 'text',
    address: 'text',
    closePrice: 'number',
    closeDate: 'date',
    livingAreaSqft: 'number',
    bedrooms: 'number',
    bathrooms: 'number',
  },
  optional: { yearBuilt: 'number', distanceMiles: 'number' },
};

/** Section of the tools file for property records of any service. */
export const httpPropertySchema = httpJsonSchema(PROPERTY_SHAPE);
/** Section of the tools file for sales of any service. */
export const httpSalesSchema = httpJsonSchema(SALES_SHAPE).safeExtend({ currency: currencyCode.default('USD') });

const propertyRow = propertyRecordSchema.extend({ features: propertyRecordSchema.shape.features.default([]) });

/**
 * The record at just this address: services that search by words answer with neighbours, too.
 * @throws ToolFailed as `fetchRows` does
 */
export async function httpPropertyRecord(
  place: Place,
  { config, signal }: ToolContext<HttpJsonConfig>,
): Promise<Found<PropertyRecord | null>> {
  const values = placeValues(place);
  const { rows, skipped, source } = await fetchRows<PropertyRecord>({
    tool: 'propertyRecord',
    config,
    shape: PROPERTY_SHAPE,
    values,
    row: propertyRow,
    signal,
  });
  return { found: rows.find((row) => sameStreet(place.address, row.address, row)) ?? null, skipped, source };
}

/**
 * Sales within the window, newest first, whatever the service takes its question for.
 * @throws ToolFailed as `fetchRows` does
 */
export async function httpSales(wanted: SalesWanted, { config, signal, now }: ToolContext<HttpJsonConfig>): Promise<Found<Sale[]>> {
  const { bedrooms, livingAreaSqft, months, limit } = wanted;
  const since = monthsBefore(new Date(now()).toISOString().slice(0, 10), months);
  const values = { ...placeValues(wanted), bedrooms, livingAreaSqft, months, since, limit };
  const { rows, ...rest } = await fetchRows<Sale>({ tool: 'comparableSales', config, shape: SALES_SHAPE, values, row: saleSchema, signal });
  const recent = rows.filter((row) => row.closeDate >= since && !sameStreet(wanted.address, row.address, wanted));
  return { found: recent.toSorted((one, other) => other.closeDate.localeCompare(one.closeDate)).slice(0, limit), ...rest };
}
