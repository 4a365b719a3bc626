import { capital } from './language';
import { spokenLimits } from './spoken-limits';
import type { Place } from './json-answer';

/** One fact of the material: `{ "field": "property.yearBuilt", "value": "1998" }`. */
export interface GivenField {
  readonly field: string;
  readonly value: string;
}

/** Every object with a `field` and a `value` among those of the material, each field once, in order. */
export function fieldsIn(objects: ReadonlyArray<Record<string, unknown>>): GivenField[] {
  const fields = new Map<string, string>();
  for (const { field, value } of objects) {
    if (typeof field !== 'string' || fields.has(field)) continue;
    if (typeof value === 'string' || typeof value === 'number') fields.set(field, String(value));
  }
  return [...fields].map(([field, value]) => ({ field, value }));
}

const USUAL_LENGTH = 400;

/**
 * A text that says what the given fields say and nothing else: as many of them as there is room for, or of a list one for each item.
 * @param prompt its last paragraph may limit the characters
 */
export function textFromFields(fields: readonly GivenField[], { index, count, limits }: Place, prompt: string): string {
  if (count > 1) return statement(fieldAt(fields, index));
  const asked = spokenLimits(prompt.trim().split('\n').at(-1)).maxLength ?? USUAL_LENGTH;
  const room = Math.min(limits.maxLength ?? asked, asked);
  let text = '';
  for (const field of fields) {
    const longer = `${text} ${statement(field)}.`.trim();
    if (longer.length <= room) text = longer;
  }
  return text;
}

/** The field for an item of a list: items differ as long as there are fields left. */
export function fieldAt(fields: readonly GivenField[], index: number): GivenField {
  // Material begins with what identifies a thing; what is worth telling comes after.
  const start = Math.floor(fields.length / 4);
  return fields[(start + index) % fields.length] as GivenField;
}

const statement = ({ field, value }: GivenField): string => `${labelOf(field)}: ${value.replace(/[.\s]+$/, '')}`;

/** Last names that say nothing without the one before. */
const GENERIC = /^(?:name|level|rating|count|low|middle|high|value|type|title|score)$/i;

/** `property.yearBuilt` as `Year built`, `schools[0].rating` as `Schools rating`. */
export function labelOf(field: string): string {
  const names = field.replaceAll(/\[\d+\]/g, '').split('.');
  const last = names.at(-1) ?? field;
  const label = GENERIC.test(last) && names.length > 1 ? `${names.at(-2)} ${last}` : last;
  return capital(
    label
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .replaceAll(/[_-]/g, ' ')
      .toLowerCase(),
  );
}
