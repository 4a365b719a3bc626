import { convertValue, type FieldKind } from './convert-value';

/** Fields of the RESO Data Dictionary that are asked for, with their kind. */
export const RESO_FIELDS = {
  ListingKey: 'text',
  UnparsedAddress: 'text',
  City: 'text',
  StateOrProvince: 'text',
  PostalCode: 'text',
  Latitude: 'number',
  Longitude: 'number',
  PropertyType: 'text',
  PropertySubType: 'text',
  StandardStatus: 'text',
  BedroomsTotal: 'number',
  BathroomsTotalInteger: 'number',
  BathroomsFull: 'number',
  BathroomsHalf: 'number',
  LivingArea: 'number',
  LotSizeSquareFeet: 'number',
  YearBuilt: 'number',
  Stories: 'number',
  GarageSpaces: 'number',
  InteriorFeatures: 'texts',
  ExteriorFeatures: 'texts',
  Appliances: 'texts',
  TaxAnnualAmount: 'number',
  ClosePrice: 'number',
  CloseDate: 'date',
} as const satisfies Record<string, FieldKind>;

type ResoField = keyof typeof RESO_FIELDS;

/** Those that neither a record nor a sale must have. */
export const OPTIONAL_RESO_FIELDS = [
  'Latitude',
  'Longitude',
  'PropertySubType',
  'BathroomsFull',
  'BathroomsHalf',
  'LotSizeSquareFeet',
  'YearBuilt',
  'Stories',
  'GarageSpaces',
  'InteriorFeatures',
  'ExteriorFeatures',
  'Appliances',
  'TaxAnnualAmount',
] as const satisfies readonly ResoField[];

/** A row of `Property` under our names; what it lacks, or holds in a form that cannot be read, is absent. */
export function fromReso(row: unknown): Record<string, unknown> {
  const text = (name: ResoField) => value(row, name) as string | undefined; // as RESO_FIELDS says
  const number = (name: ResoField) => value(row, name) as number | undefined;
  const texts = (name: ResoField) => (value(row, name) ?? []) as string[];
  const mapped = {
    recordId: text('ListingKey'),
    address: text('UnparsedAddress'),
    city: text('City'),
    state: text('StateOrProvince'),
    postalCode: text('PostalCode'),
    latitude: number('Latitude'),
    longitude: number('Longitude'),
    propertyType: text('PropertySubType') ?? text('PropertyType'),
    bedrooms: number('BedroomsTotal'),
    bathrooms: bathrooms({ full: number('BathroomsFull'), half: number('BathroomsHalf'), total: number('BathroomsTotalInteger') }),
    livingAreaSqft: number('LivingArea'),
    lotSizeSqft: number('LotSizeSquareFeet'),
    yearBuilt: number('YearBuilt'),
    stories: number('Stories'),
    garageSpaces: number('GarageSpaces'),
    features: [...new Set([...texts('InteriorFeatures'), ...texts('ExteriorFeatures'), ...texts('Appliances')])],
    annualTax: number('TaxAnnualAmount'),
    status: text('StandardStatus'),
    closePrice: number('ClosePrice'),
    closeDate: text('CloseDate'),
  };
  return Object.fromEntries(Object.entries(mapped).filter(([, found]) => found !== undefined));
}

function value(row: unknown, name: ResoField): unknown {
  if (typeof row !== 'object' || row === null || !Object.hasOwn(row, name)) return undefined;
  return convertValue((row as Record<string, unknown>)[name], RESO_FIELDS[name]); // owned, as asked above
}

interface Baths {
  readonly full: number | undefined;
  readonly half: number | undefined;
  readonly total: number | undefined;
}

/**
 * The dictionary's total counts each bath as one: two full and a half would be advertised as three. Three-quarter baths may be in the total
 * only; they count as half a bath, so that nothing is said to have more than it has.
 */
function bathrooms({ full, half = 0, total }: Baths): number | undefined {
  const whole = full ?? (total === undefined ? undefined : Math.max(0, total - half));
  return whole === undefined ? undefined : whole + 0.5 * Math.max(half, (total ?? 0) - whole);
}
