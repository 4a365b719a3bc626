/** Words that different records spell differently; the shorter spelling stands for both. */
const SHORT: Readonly<Record<string, string>> = {
  street: 'st',
  avenue: 'ave',
  av: 'ave',
  road: 'rd',
  drive: 'dr',
  lane: 'ln',
  court: 'ct',
  place: 'pl',
  boulevard: 'blvd',
  circle: 'cir',
  terrace: 'ter',
  parkway: 'pkwy',
  highway: 'hwy',
  square: 'sq',
  trail: 'trl',
  mount: 'mt',
  saint: 'st',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
};
const UNIT: ReadonlySet<string> = new Set(['unit', 'apt', 'apartment', 'suite', 'ste', 'no']);

/** Where an address stands, as far as it is known. */
export interface Locality {
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly postalCode?: string | undefined;
}

/** Words of an address in one spelling: `14 North Larch Street, Unit 2` and `14 N. Larch St #2` are the same. */
export function addressWords(address: string): string[] {
  const words =
    address
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/['’.]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => (Object.hasOwn(SHORT, word) ? (SHORT[word] ?? word) : word)).filter((word) => !UNIT.has(word));
}

/** The address without city, state and postal code at its end, in one spelling: what two records of the same property share. */
export function streetOf(address: string, locality: Locality): string {
  const words = addressWords(address);
  if (words.at(-1) === 'usa') words.pop();
  const tail = tailsOf(locality).find((parts) => endsWith(words, parts));
  return words.slice(0, words.length - (tail?.length ?? 0)).join(' ');
}

/** How addresses end, the longest first. No state on its own: `9 Heron Ct` has none, not even in Connecticut. */
function tailsOf({ city = '', state = '', postalCode = '' }: Locality): string[][] {
  const [town, region] = [addressWords(city), addressWords(state)];
  const codes = [addressWords(postalCode), addressWords(postalCode.slice(0, 5))];
  const withCode = codes.flatMap((code) => [[town, region, code], [town, code], [region, code], [code]]);
  return [...withCode, [town, region], [town]].filter((parts) => parts.every((part) => part.length > 0)).map((parts) => parts.flat());
}

/** Whether more than the tail is there, and then the tail. */
function endsWith(words: readonly string[], tail: readonly string[]): boolean {
  const at = words.length - tail.length;
  return at > 0 && tail.every((word, index) => words[at + index] === word);
}

/** Whether two addresses name the same property; the locality is of the one that has it. */
export function sameStreet(one: string, other: string, locality: Locality): boolean {
  return streetOf(one, locality) === streetOf(other, locality);
}

/**
 * The word of an address that says most, in lower case: neither number nor direction nor kind of street, which records abbreviate.
 * @returns undefined when there is no such word
 */
export function telltaleWord(address: string, { city = '' }: Locality): string | undefined {
  const [street = ''] = address.split(',');
  const words =
    street
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const vague = new Set([...Object.keys(SHORT), ...Object.values(SHORT), ...UNIT, ...addressWords(city)]);
  const telling = words.filter((word) => word.length > 1 && !/^\d+$/.test(word) && !vague.has(word));
  return telling.toSorted((one, other) => other.length - one.length)[0];
}
