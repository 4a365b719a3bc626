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
export function streetOf(address: string, { city = '', state = '', postalCode = '' }: Locality): string {
  const words = addressWords(address);
  // Records end in `City, ST 12345-6789`, with any of the parts missing.
  for (const part of ['usa', postalCode, postalCode.slice(0, 5), state, city]) {
    const tail = addressWords(part);
    const at = words.length - tail.length;
    if (tail.length > 0 && at > 0 && tail.every((word, index) => words[at + index] === word)) words.length = at;
  }
  return words.join(' ');
}

/** Whether two addresses name the same property; the locality is of the one that has it. */
export function sameStreet(one: string, other: string, locality: Locality): boolean {
  return streetOf(one, locality) === streetOf(other, locality);
}
