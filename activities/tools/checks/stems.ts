const SAME: Readonly<Record<string, string>> = {
  countertop: 'counter',
  countertops: 'counter',
  worktop: 'counter',
  fridge: 'refrigerator',
  bath: 'bathroom',
  baths: 'bathroom',
  gym: 'fitness',
  colour: 'color',
  colours: 'color',
  aluminium: 'aluminum',
  grey: 'gray',
  tv: 'television',
  spot: 'space',
  people: 'person',
  backyard: 'yard',
  mic: 'microphone',
  bed: 'bedroom',
  beds: 'bedroom',
  photo: 'picture',
  yr: 'year',
  hr: 'hour',
  wifi: 'wireless',
  couch: 'sofa',
  automobile: 'car',
  condo: 'condominium',
  townhome: 'townhouse',
  apt: 'apartment',
  wi: 'wireless',
};
const ENDINGS = ['ations', 'ation', 'ings', 'ing', 'ers', 'ances', 'ance', 'ant', 'ible', 'able', 'ed', 'ies', 'es', 'er', 's', 'y', 'e'];
const SHORTEST = 4;

/** What related spellings share: `cancelling` and `cancellation`, `floors` and `flooring`. Good for comparing, not for showing. */
export function stemOf(word: string): string {
  const plain = word.toLowerCase().replace(/['’]s?$/, '');
  const same = SAME[plain];
  if (same !== undefined) return stemOf(same);
  let stem = plain.length > 3 && plain.endsWith('s') && !plain.endsWith('ss') ? plain.slice(0, -1) : plain;
  for (const ending of ENDINGS) {
    if (stem.endsWith(ending) && stem.length - ending.length >= SHORTEST - (ending.length < 3 ? 1 : 0)) {
      stem = stem.slice(0, -ending.length);
      break;
    }
  }
  return /([^aeiouls])\1$|ll$/.test(stem) && stem.length > 4 ? stem.slice(0, -1) : stem;
}

/** `yearBuilt` and `year_built` as their words. */
export function wordsOfField(field: string): string[] {
  return (
    field
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]+|\d+/g) ?? []
  );
}
