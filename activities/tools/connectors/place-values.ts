import type { Place } from '../place-input';
import type { TemplateValues } from './url-template';

/** What may stand in braces in an address that is asked about a place; `fullAddress` is all of it in one line. */
export const PLACE_PLACEHOLDERS = ['address', 'city', 'state', 'postalCode', 'latitude', 'longitude', 'fullAddress'] as const;

export function placeValues({ address, city, state, postalCode, latitude, longitude }: Place): TemplateValues {
  const region = [state, postalCode].filter((part) => part !== undefined).join(' ');
  const fullAddress = [address, city, region].filter((part) => part !== undefined && part !== '').join(', ');
  return { address, city, state, postalCode, latitude, longitude, fullAddress };
}
