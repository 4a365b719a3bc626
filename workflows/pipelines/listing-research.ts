import { FailureType, failure } from '../../common/failures';
import { agents } from '../run/agents';
import { degrade, optional } from '../run/degrade';
import { tools, type ToolOutput } from '../run/tools';
import {
  mergeProperty,
  type Fact,
  type ListingInput,
  type ListingResult,
  type RecordedProperty,
  type School,
  type WalkScores,
} from './listing-facts';
import { OUTLIER_RULE, priceFromComps, type ComparableSale } from './listing-pricing';
import { shownFact } from './listing-shown-fact';

type Source = ListingResult['sources'][number];

/** What the tools found, each with its source. */
export interface Research {
  readonly record: RecordedProperty | null;
  readonly sales: readonly ComparableSale[];
  readonly currency: string;
  readonly schools: readonly School[];
  readonly walkability: WalkScores | null;
  readonly sources: readonly Source[];
}

const USUAL_CURRENCY = 'USD';
const NOT_AVAILABLE = 'not available';

/**
 * Asks for the record, then with what it knows for all the rest at the same time. Without the record the caller's facts must do;
 * without the others the listing lacks something.
 * @throws InvalidInput when neither record nor caller knows anything of the property
 */
export async function research(input: ListingInput): Promise<Research> {
  const { answer: record, found } = await lookUp(input);
  const place = placeOf(input, found);
  const [comps, schools, walk] = await Promise.all([
    ifPossible('comparableSales', () => tools.comparableSales({ ...place, ...alike(input, found) }), 'a listing without a suggested price'),
    ifPossible('schoolRatings', () => tools.schoolRatings(place), 'a listing without schools'),
    ifPossible('walkability', () => tools.walkability(place), 'a listing without walk scores'),
  ]);
  return {
    record: found,
    sales: comps?.sales ?? [],
    currency: comps?.currency ?? USUAL_CURRENCY,
    schools: schools?.schools ?? [],
    walkability: walk,
    sources: [
      sourceOf('propertyRecord', record, found !== null),
      sourceOf('comparableSales', comps, (comps?.sales.length ?? 0) > 0),
      sourceOf('schoolRatings', schools, (schools?.schools.length ?? 0) > 0),
      sourceOf(
        'walkability',
        walk,
        [walk?.walkScore, walk?.transitScore, walk?.bikeScore].some((score) => score !== undefined),
      ),
    ],
  };
}

interface LookedUp {
  readonly answer: ToolOutput<'propertyRecord'> | null;
  readonly found: RecordedProperty | null;
}

async function lookUp({ address, city, state, postalCode, property }: ListingInput): Promise<LookedUp> {
  const look = () => tools.propertyRecord({ address, city, state, postalCode });
  const known = mergeProperty(null, property) !== null;
  const answer = await (known ? ifPossible('propertyRecord', look, 'the facts of the caller') : look());
  const found = answer?.property ?? null;
  if (mergeProperty(found, property) === null) throw nothingKnown(address);
  return { answer, found };
}

/** Where it is, for services that find a place by its city or its coordinates. What the caller says prevails. */
function placeOf({ address, city, state, postalCode }: ListingInput, found: RecordedProperty | null) {
  return {
    address,
    city: city ?? found?.city,
    state: state ?? found?.state,
    postalCode: postalCode ?? found?.postalCode,
    latitude: found?.latitude,
    longitude: found?.longitude,
  };
}

/** What comparable sales should have in common with it; half a bedroom can be compared with nothing. */
function alike({ property }: ListingInput, found: RecordedProperty | null) {
  const { bedrooms, livingAreaSqft } = mergeProperty(found, property) ?? {};
  return { bedrooms: Number.isInteger(bedrooms) ? bedrooms : undefined, livingAreaSqft };
}

function ifPossible<Output>(step: string, look: () => Promise<Output>, instead: string): Promise<Output | null> {
  return optional<Output | null>(step, look, () => ({ value: null, instead }));
}

function sourceOf(tool: string, answer: { sample: boolean; source: string } | null, found: boolean): Source {
  return { tool, source: answer?.source ?? NOT_AVAILABLE, sample: answer?.sample ?? false, found };
}

function nothingKnown(address: string): Error {
  return failure({
    type: FailureType.InvalidInput,
    message: `Cannot list "${address}": there is no record of it and the input says nothing of it; give what you know in "property"`,
  });
}

/** What the numbers rest on, and all numbers. */
export function priced(input: ListingInput, { record, sales, currency, sources }: Research): ListingResult['pricing'] {
  const { address, askingPrice, property } = input;
  const livingAreaSqft = mergeProperty(record, property)?.livingAreaSqft;
  const pricing = priceFromComps(sales, { recordId: record?.recordId, address: record?.address ?? address, livingAreaSqft, askingPrice });
  const answered = sources.some(({ tool, source }) => tool === 'comparableSales' && source !== NOT_AVAILABLE);
  if (pricing.whyNoRange !== null && answered) {
    degrade('comparableSales', new Error(pricing.whyNoRange), 'a listing without a suggested price');
  }
  return {
    currency,
    livingAreaSqft: livingAreaSqft ?? null,
    ...pricing,
    used: [...pricing.used],
    dropped: [...pricing.dropped],
    outlierRule: OUTLIER_RULE,
    askingPrice: askingPrice ?? null,
  };
}

const MOST_POINTS = 6;
const STAND_INS = 3;

/** The analyst names fields; code keeps those that exist and may be published. Without any, the first features and rooms stand in. */
export async function pickSellingPoints(facts: readonly Fact[], currency: string): Promise<ListingResult['sellingPoints']> {
  const offered = facts.filter(({ published, field }) => published && field !== 'property.address' && !field.startsWith('askingPrice'));
  const shown = new Map(offered.map((fact) => [fact.field, shownFact(fact, currency).value]));
  const standIns = (): ListingResult['sellingPoints'] =>
    [...offered]
      .sort((one, other) => Number(other.field.includes('features')) - Number(one.field.includes('features')))
      .slice(0, STAND_INS)
      .map(({ field }) => ({ field, fact: shown.get(field) ?? '', why: 'a fact of the property' }));
  const instead = 'the first features and rooms';
  const picked = await optional(
    'listingAnalyst',
    async () => (await agents.listingAnalyst({ facts: offered.map((fact) => shownFact(fact, currency)) })).sellingPoints,
    () => ({ value: null, instead }),
  );
  if (picked === null) return standIns();
  const points = new Map(picked.flatMap(({ field, why }) => (shown.has(field) ? [[field, why] as const] : [])));
  if (points.size > 0) return [...points].slice(0, MOST_POINTS).map(([field, why]) => ({ field, fact: shown.get(field) ?? '', why }));
  degrade('listingAnalyst', new Error('it named no field of the facts'), instead);
  return standIns();
}
