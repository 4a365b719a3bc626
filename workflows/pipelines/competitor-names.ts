/** A competitor as somebody listed it. */
export interface Listed {
  readonly name: string;
  readonly url?: string | undefined;
}

/** A competitor that is listed once. */
export interface Competitor extends Listed {
  /** From its name; unique. */
  readonly id: string;
  /** Other spellings under which it was listed. */
  readonly alsoCalled: readonly string[];
}

const LEGAL_FORMS: ReadonlySet<string> = new Set(
  'inc incorporated llc ltd limited gmbh ag sa sas sarl bv nv ab oy oyj as plc corp corporation co company kg spa srl'.split(' '),
);

/** What two spellings of one name have in common: `Acme, Inc.`, `ACME` and `acme.com` are `acme`. */
export function normalizedName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/\.(?:com|io|ai|app|so|co|net|org|dev)\b/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  const bare = words[0] === 'the' && words.length > 1 ? words.slice(1) : words;
  while (bare.length > 1 && LEGAL_FORMS.has(bare.at(-1) ?? '')) bare.pop();
  return bare.join('');
}

/**
 * Each competitor once, in the order of the list, under its first spelling. Our own product is none.
 * @param ours name of our product, if any
 */
export function distinctCompetitors(listed: readonly Listed[], ours?: string): Competitor[] {
  const known = new Map<string, Competitor>();
  const own = ours === undefined ? undefined : normalizedName(ours);
  for (const { name, url } of listed) {
    const key = normalizedName(name) || name;
    if (key === own) continue;
    const before = known.get(key);
    if (before === undefined) {
      known.set(key, { id: freeId(name, known), name, ...(url !== undefined && { url }), alsoCalled: [] });
      continue;
    }
    const spellings = new Set([...before.alsoCalled, ...(name === before.name ? [] : [name])]);
    known.set(key, { ...before, ...(before.url === undefined && url !== undefined && { url }), alsoCalled: [...spellings] });
  }
  return [...known.values()];
}

/** Names without a Latin letter or digit are numbered. */
function freeId(name: string, known: ReadonlyMap<string, Competitor>): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30);
  const taken = new Set([...known.values()].map(({ id }) => id));
  const base = slug === '' ? `competitor-${known.size + 1}` : slug;
  let id = base;
  for (let at = 2; taken.has(id); at += 1) id = `${base}-${at}`;
  return id;
}
