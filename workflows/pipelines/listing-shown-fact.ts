import { formatPrice } from './catalog';
import type { Fact } from './listing-facts';

/** A fact of a listing as agents see it: every figure as it may be written. */
export function shownFact({ field, value, kind }: Fact, currency: string): { field: string; value: string } {
  if (typeof value === 'string') return { field, value };
  if (kind === 'money') return { field, value: formatPrice(value, currency).replace(/\.00$/, '') };
  const unit = UNITS.find(([ending]) => field.endsWith(ending))?.[1] ?? '';
  const [whole = '', fraction] = String(value).split('.');
  const grouped = field === 'property.yearBuilt' ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return { field, value: `${grouped}${fraction === undefined ? '' : `.${fraction}`}${unit}` };
}

const UNITS = [
  ['Sqft', ' sq ft'],
  ['Miles', ' miles'],
] as const;
