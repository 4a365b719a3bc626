import { convertValue } from '../common/convert-value';
import type { RowOrigin } from '../common/job';
import { fromReso } from '../common/reso-fields';
import { SIMULATED_MARK } from './simulated-mark';

export type ResoOrigin = Extract<RowOrigin, { format: 'reso' }>;

type Fields = Readonly<Record<string, unknown>>;

/** Whether an object can be nothing but a property under the names of RESO's Data Dictionary. */
export const isResoProperty = (fields: Fields): boolean =>
  ('ListingKey' in fields || 'ListingId' in fields) && ('UnparsedAddress' in fields || 'StreetName' in fields);

/** What names a property: its key, else the number that people know it by; empty when it has neither. */
export function resoKey(fields: Fields): string {
  const { ListingKey, ListingId } = recordOf(fields);
  return ListingKey ?? ListingId ?? '';
}

export const resoOrigin = (fields: Fields): ResoOrigin => ({ format: 'reso', record: recordOf(fields) });

function recordOf(fields: Fields): ResoOrigin['record'] {
  const [key, id] = [fields['ListingKey'], fields['ListingId']].map((value) => convertValue(value, 'text') as string | undefined);
  return { ...(key !== undefined && { ListingKey: key }), ...(id !== undefined && { ListingId: id }) };
}

/** Fields of the input of `listing`, by the name in RESO that fills them: messages name that one. */
const NAME_OF: Readonly<Record<string, string>> = {
  address: 'UnparsedAddress',
  city: 'City',
  state: 'StateOrProvince',
  postalCode: 'PostalCode',
  askingPrice: 'ListPrice',
  'property.propertyType': 'PropertyType',
  'property.bedrooms': 'BedroomsTotal',
  'property.bathrooms': 'BathroomsTotalInteger',
  'property.livingAreaSqft': 'LivingArea',
  'property.lotSizeSqft': 'LotSizeSquareFeet',
  'property.yearBuilt': 'YearBuilt',
  'property.stories': 'Stories',
  'property.garageSpaces': 'GarageSpaces',
  'property.annualTax': 'TaxAnnualAmount',
  'property.lastSalePrice': 'ClosePrice',
  'property.lastSaleDate': 'CloseDate',
};

export const resoNameOf = (field: string): string | undefined => NAME_OF[field];

const KNOWN = [
  'propertyType',
  'bedrooms',
  'bathrooms',
  'livingAreaSqft',
  'lotSizeSqft',
  'yearBuilt',
  'stories',
  'garageSpaces',
  'features',
  'annualTax',
] as const;
/** Whoever does not know one of these enters 0. */
const NEVER_ZERO: readonly string[] = ['livingAreaSqft', 'lotSizeSqft', 'yearBuilt', 'annualTax'];
const MOST_FEATURES = 100;
const LONGEST_FEATURE = 300;
const SQUARE_FEET_PER_METER = 10.7639;

/** A property as the input of `listing`. What is not known of it is absent. */
export function listingInput(fields: Fields): Record<string, unknown> {
  const told = fromReso(fields);
  const { address = streetOf(fields), city, state, postalCode, status, closePrice, closeDate } = told;
  const property = Object.fromEntries(KNOWN.map((name) => [name, told[name]]).filter(([name, value]) => isKnown(String(name), value)));
  const price = convertValue(fields['ListPrice'], 'number');
  return withoutAbsent({
    address,
    city,
    state,
    postalCode,
    askingPrice: price === 0 ? undefined : price,
    property: {
      ...property,
      ...inSquareFeet(fields, property['livingAreaSqft']),
      features: ((property['features'] ?? []) as string[]).filter((text) => text.length <= LONGEST_FEATURE).slice(0, MOST_FEATURES), // as fromReso says
      ...(status === 'Closed' && withoutAbsent({ lastSalePrice: closePrice, lastSaleDate: closeDate })),
    },
  });
}

const withoutAbsent = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const isKnown = (name: string, value: unknown): boolean => value !== undefined && !(value === 0 && NEVER_ZERO.includes(name));

/** Feet unless the property says otherwise; an area in a unit that nobody knows is left out. */
function inSquareFeet(fields: Fields, area: unknown): { livingAreaSqft?: number | undefined } {
  const unit = convertValue(fields['LivingAreaUnits'], 'text');
  if (typeof area !== 'number' || unit === undefined || unit === 'Square Feet') return {};
  return { livingAreaSqft: unit === 'Square Meters' ? Math.round(area * SQUARE_FEET_PER_METER) : undefined };
}

const STREET = ['StreetNumber', 'StreetDirPrefix', 'StreetName', 'StreetSuffix', 'StreetDirSuffix'];

/** The address in parts, when it is not there as a whole. */
function streetOf(fields: Fields): string | undefined {
  if (convertValue(fields['StreetName'], 'text') === undefined) return undefined;
  const parts = STREET.map((name) => convertValue(fields[name], 'text')).filter((part) => part !== undefined);
  const unit = convertValue(fields['UnitNumber'], 'text');
  return `${parts.join(' ')}${unit === undefined ? '' : ` #${String(unit)}`}`;
}

/** The texts of a listing that may go out, under the name that RESO has for them; undefined for those that a person held back. */
export function remarksOf(
  { record }: ResoOrigin,
  { result, simulated }: { result: unknown; simulated: boolean },
): Record<string, string> | undefined {
  const { status, mlsDescription } = result as { status: string; mlsDescription: string }; // of `listing`
  if (status !== 'ready' && status !== 'approved by person') return undefined;
  return { ...record, PublicRemarks: simulated ? `${SIMULATED_MARK} ${mlsDescription}` : mlsDescription };
}
