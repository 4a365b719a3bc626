import type { Brief } from './brief';
import type { Place } from './json-answer';

/** What the material lists under the tag that a description names: for `one of the options` the list in `<options>`. */
function namedList({ description }: Place, { listUnder }: Brief): readonly unknown[] {
  const tag = /\bone of the (\w+)/i.exec(description)?.[1];
  return tag === undefined ? [] : listUnder(tag.toLowerCase());
}

/** The strings among which an answer has to choose, if its description names such a list. */
export function givenOptions(place: Place, brief: Brief): string[] {
  return namedList(place, brief).filter((item) => typeof item === 'string');
}

/** How many entries there are to point at, if this is the index of one; 0 otherwise. */
export function givenCount(place: Place, brief: Brief): number {
  return /index$/i.test(place.name) ? namedList(place, brief).length : 0;
}
