import { createHash } from 'node:crypto';

import type { Place } from '../place-input';
import { addressWords, sameStreet } from '../street-address';
import { OSTERFELL } from './osterfell';
import { QUILLMERE } from './quillmere';
import type { SampleProperty, SampleTown } from './sample-town';
import { TARNBROOK } from './tarnbrook';

const TOWNS: readonly [SampleTown, ...SampleTown[]] = [QUILLMERE, TARNBROOK, OSTERFELL];

export interface SamplePlace {
  readonly town: SampleTown;
  /** Undefined for an address that is not in the sample. */
  readonly property: SampleProperty | undefined;
}

/** The town that a place is in; one outside the sample is always given the same town of it, so that any address has neighbours. */
export function findSample(place: Place): SamplePlace {
  for (const town of TOWNS) {
    if (isElsewhere(place, town)) continue;
    const property = town.properties.find(({ address }) => sameStreet(place.address, address, town));
    if (property !== undefined) return { town, property };
  }
  const named = TOWNS.find((town) => same(place.postalCode, town.postalCode) || same(place.city, town.city));
  return { town: named ?? townFor(place), property: undefined };
}

/** Same street and number in a town that the caller rules out is another property. */
function isElsewhere({ city, state, postalCode }: Place, town: SampleTown): boolean {
  const ruledOut = (given: string | undefined, own: string) => given !== undefined && !same(given, own);
  return ruledOut(city, town.city) || ruledOut(state, town.state) || ruledOut(postalCode?.slice(0, 5), town.postalCode);
}

const same = (given: string | undefined, own: string): boolean => given?.trim().toLowerCase() === own.toLowerCase();

function townFor({ address, city = '', state = '', postalCode = '' }: Place): SampleTown {
  const key = addressWords([address, city, state, postalCode].join(' ')).join(' ');
  return TOWNS[(createHash('sha256').update(key).digest()[0] ?? 0) % TOWNS.length] ?? TOWNS[0];
}

/** Miles between two spots of a town, to a tenth. */
export function milesBetween(one: readonly [number, number], other: readonly [number, number]): number {
  return Math.round(Math.hypot(one[0] - other[0], one[1] - other[1]) * 10) / 10;
}
