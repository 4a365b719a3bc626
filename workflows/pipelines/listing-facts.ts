import { figuresIn } from '../../common/figures';
import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import type { Pricing } from './listing-pricing';

export type ListingInput = PipelineInput<'listing'>;
export type ListingResult = PipelineResult<'listing'>;
type Input = ListingInput;
type KnownProperty = NonNullable<Input['property']>;

/** What a public record tells of the property. */
export type RecordedProperty = KnownProperty & {
  readonly recordId?: string;
  readonly address: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  /** Degrees: services find places by them, no text states them. */
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
};

export interface School {
  readonly name: string;
  readonly level: string;
  readonly rating: number;
  readonly distanceMiles?: number | undefined;
}

export interface WalkScores {
  readonly walkScore?: number | undefined;
  readonly transitScore?: number | undefined;
  readonly bikeScore?: number | undefined;
}

/** What the tools found; null where they found nothing. */
export interface Found {
  readonly record: RecordedProperty | null;
  readonly schools: readonly School[];
  readonly walkability: WalkScores | null;
}

/** One thing that a text may say. */
export interface Fact {
  /** `property.bedrooms`, `property.features[0]`, `comps.medianPricePerSqft`. */
  readonly field: string;
  readonly value: string | number;
  /** What a number is, also one within a text. */
  readonly kind: 'money' | 'number';
  /** Where it comes from, for the result. */
  readonly source: string;
  /** Whether texts for the public may state it; the rest is for the highlight sheet. */
  readonly published: boolean;
}

export interface ListingFacts {
  readonly facts: readonly Fact[];
  readonly leftOut: ListingResult['leftOut'];
  /** Of every amount. */
  readonly currency: string;
  /** Addresses and names: no figures, although they may hold digits. */
  readonly names: readonly string[];
}

const CALLER = 'the caller';
const RECORD = 'the property record';
const MOST_CHARACTERS = 120;
const MONEY_FIELDS: ReadonlySet<string> = new Set(['annualTax', 'lastSalePrice']);
/** Fields that only the highlight sheet may state: in a text for the public every amount is taken for the price asked. */
const SHEET_FIELDS: ReadonlySet<string> = new Set(['annualTax', 'lastSalePrice', 'lastSaleDate']);
const PROPERTY_FIELDS = [
  'propertyType',
  'bedrooms',
  'bathrooms',
  'livingAreaSqft',
  'lotSizeSqft',
  'yearBuilt',
  'stories',
  'garageSpaces',
  'annualTax',
  'lastSalePrice',
  'lastSaleDate',
] as const satisfies ReadonlyArray<keyof KnownProperty>;

/** The facts of record and caller in one; the caller's prevail. Null when neither has any. */
export function mergeProperty(record: RecordedProperty | null, known: KnownProperty = {}): KnownProperty | null {
  const features = [...new Set([...(known.features ?? []), ...(record?.features ?? [])])];
  const fields = PROPERTY_FIELDS.flatMap((field) => {
    const value = known[field] ?? record?.[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  if (fields.length === 0 && features.length === 0) return null;
  return { ...Object.fromEntries(fields), ...(features.length > 0 && { features }) };
}

/**
 * Every fact that a text may state, by the name of its field. Text from outside that is long, or that speaks of money or shares, is
 * left out: a remark in a record must not become the source of a price.
 */
export function collectFacts(input: Input, found: Found, pricing: PricedIn): ListingFacts {
  const { record, schools, walkability } = found;
  const all = [
    ...locationFacts(input, record),
    ...propertyFacts(input.property ?? {}, record),
    ...schools.flatMap(schoolFacts),
    ...walkFacts(walkability ?? {}),
    ...priceFacts(input, pricing),
  ];
  const refused = all.flatMap((fact) => {
    const why = whyNot(fact);
    return why === undefined ? [] : [{ field: fact.field, value: String(fact.value), why }];
  });
  const facts = all.filter((fact) => whyNot(fact) === undefined);
  const named = facts.filter(({ field }) => /^property\.(?:address|city|state|postalCode)$|\.name$/.test(field));
  return { facts, leftOut: refused, currency: pricing.currency, names: named.map(({ value }) => String(value)) };
}

type PricedIn = Pricing & { readonly currency: string };

function whyNot({ value, source }: Fact): string | undefined {
  if (source === CALLER || typeof value !== 'string') return undefined;
  if (value.length > MOST_CHARACTERS) return `it has more than ${MOST_CHARACTERS} characters`;
  return figuresIn(value).some(({ kind }) => kind !== 'number') ? 'it states an amount or a share' : undefined;
}

/** A number, plain or within a text, is no source for an amount: `list price 1` in a record must not become $1. */
const kindOf = (isMoney = false): Required<Pick<Fact, 'kind'>> => ({ kind: isMoney ? 'money' : 'number' });

function locationFacts({ address, city, state, postalCode }: Input, record: RecordedProperty | null): Fact[] {
  const given = { address, city, state, postalCode };
  return (['address', 'city', 'state', 'postalCode'] as const).flatMap((name) => {
    const value = given[name] ?? record?.[name];
    const source = given[name] === undefined ? RECORD : CALLER;
    return value === undefined ? [] : [{ field: `property.${name}`, value, ...kindOf(), source, published: true }];
  });
}

function propertyFacts(known: KnownProperty, record: RecordedProperty | null): Fact[] {
  const merged = mergeProperty(record, known) ?? {};
  const simple = PROPERTY_FIELDS.flatMap((name): Fact[] => {
    const value = merged[name];
    if (value === undefined) return [];
    return [
      {
        field: `property.${name}`,
        value,
        ...kindOf(MONEY_FIELDS.has(name)),
        source: known[name] === undefined ? RECORD : CALLER,
        published: !SHEET_FIELDS.has(name),
      },
    ];
  });
  const features = (merged.features ?? []).map((value, at) => ({
    field: `property.features[${at}]`,
    value,
    ...kindOf(),
    source: known.features?.includes(value) === true ? CALLER : RECORD,
    published: true,
  }));
  return [...simple, ...features];
}

function schoolFacts({ name, level, rating, distanceMiles }: School, at: number): Fact[] {
  const entries = { name, level, rating, distanceMiles };
  return Object.entries(entries).flatMap(([key, value]) =>
    value === undefined ? [] : [{ field: `schools[${at}].${key}`, value, ...kindOf(), source: 'school ratings', published: true }],
  );
}

function walkFacts({ walkScore, transitScore, bikeScore }: WalkScores): Fact[] {
  return Object.entries({ walkScore, transitScore, bikeScore }).flatMap(([key, value]) =>
    value === undefined ? [] : [{ field: `walkability.${key}`, value, ...kindOf(), source: 'walkability', published: true }],
  );
}

function priceFacts({ askingPrice }: Input, pricing: Pricing): Fact[] {
  const { suggestedRange, askingPricePerSqft, used } = pricing;
  const asked = { published: true, source: CALLER };
  const computed = { published: false, source: 'computed from comparable sales' };
  const money = (field: string, value: number | null | undefined, told: Pick<Fact, 'published' | 'source'> = computed): Fact[] =>
    value == null ? [] : [{ field, value, kind: 'money', ...told }];
  return [
    ...money('askingPrice', askingPrice, asked),
    ...money('askingPricePerSqft', askingPricePerSqft, { ...asked, source: 'computed from the asking price' }),
    ...(used.length === 0 ? [] : [{ field: 'comps.count', value: used.length, ...kindOf(), ...computed }]),
    ...money('comps.lowerQuartilePricePerSqft', pricing.lowerQuartilePricePerSqft),
    ...money('comps.medianPricePerSqft', pricing.medianPricePerSqft),
    ...money('comps.upperQuartilePricePerSqft', pricing.upperQuartilePricePerSqft),
    ...money('comps.suggestedRange.low', suggestedRange?.low),
    ...money('comps.suggestedRange.middle', suggestedRange?.middle),
    ...money('comps.suggestedRange.high', suggestedRange?.high),
  ];
}
