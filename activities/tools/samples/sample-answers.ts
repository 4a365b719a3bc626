import type { Place, SalesWanted } from '../place-input';
import type { PropertyRecord, Sale } from '../property-schema';
import type { School } from '../school-ratings';
import type { Walkability } from '../walkability';
import { findSample, milesBetween } from './find-sample';
import { SAMPLE_DAY, type SampleSale } from './sample-town';
import { monthsBefore } from '../months-before';

const MIDDLE = [0, 0] as const;

/** The record of a property of the sample; null for any other address. */
export function sampleProperty(place: Place): PropertyRecord | null {
  const { town, property } = findSample(place);
  if (property === undefined) return null;
  const { at: _at, walk: _walk, ...record } = property;
  return { ...record, city: town.city, state: town.state, postalCode: town.postalCode };
}

/** Sales of the place's town, the most alike first; those before the window are left out. */
export function sampleSales(wanted: SalesWanted): Sale[] {
  const { town, property } = findSample(wanted);
  const since = monthsBefore(SAMPLE_DAY, wanted.months);
  const bedrooms = wanted.bedrooms ?? property?.bedrooms;
  const area = wanted.livingAreaSqft ?? property?.livingAreaSqft;
  // A bedroom more or less weighs as much as a quarter of the area.
  const unlike = (sale: SampleSale): number =>
    Math.abs((bedrooms ?? sale.bedrooms) - sale.bedrooms) +
    (4 * Math.abs((area ?? sale.livingAreaSqft) - sale.livingAreaSqft)) / (area ?? 1);
  return town.sales
    .filter(({ closeDate }) => closeDate >= since)
    .toSorted((one, other) => unlike(one) - unlike(other))
    .slice(0, wanted.limit)
    .map(({ at, ...sale }) => ({ ...sale, distanceMiles: milesBetween(at, property?.at ?? MIDDLE) }));
}

/** Schools of the place's town, the nearest first. */
export function sampleSchools(place: Place, limit: number): School[] {
  const { town, property } = findSample(place);
  return town.schools
    .map(({ at, ...school }) => ({ ...school, distanceMiles: milesBetween(at, property?.at ?? MIDDLE) }))
    .toSorted((one, other) => one.distanceMiles - other.distanceMiles)
    .slice(0, limit);
}

export function sampleWalkability(place: Place): Walkability {
  const { town, property } = findSample(place);
  return property?.walk ?? town.walk;
}
