import type { PropertyRecord, Sale } from '../property-schema';
import type { School } from '../school-ratings';
import type { Walkability } from '../walkability';

/** Miles east and north of the town's middle. */
type Spot = readonly [east: number, north: number];

export interface SampleProperty extends Omit<PropertyRecord, 'city' | 'state' | 'postalCode'> {
  readonly at: Spot;
  readonly walk: Walkability;
}

export interface SampleSale extends Omit<Sale, 'distanceMiles'> {
  readonly at: Spot;
}

export interface SampleSchool extends Omit<School, 'distanceMiles'> {
  readonly at: Spot;
}

/** An invented town. Nobody lives there, and no postal code of the United States is its. */
export interface SampleTown {
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly properties: readonly SampleProperty[];
  readonly sales: readonly SampleSale[];
  readonly schools: readonly SampleSchool[];
  /** Of any address that is not among the properties. */
  readonly walk: Walkability;
}

/** The day of the sample data: sales are so many months old on that day, and stay it. */
export const SAMPLE_DAY = '2026-11-01';
