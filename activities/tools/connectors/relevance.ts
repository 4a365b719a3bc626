/** What a query is compared with, the most telling first. */
export interface Searchable {
  readonly title: string;
  readonly type?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly vendor?: string | undefined;
}

const FILLERS: ReadonlySet<string> = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'in', 'not', 'of', 'on', 'or', 'the', 'to', 'with']);
/** Titles, types and tags are shorter. A shop does not get to say how long a worker searches. */
const MAX_SEARCHED = 500;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that put no space between words: there the segmenter finds them, which copies its whole input for each. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'word' });
const WEIGHTS = { title: 4, type: 3, tags: 2, vendor: 1 } as const;

/** The words of a text as they are compared: lower case, no accents, no plural, no fillers, each once. */
export function searchWords(text: string): string[] {
  const plain = text
    .slice(0, MAX_SEARCHED)
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  const words = [...plain.matchAll(WORD)].flatMap(([word]) => (UNSPACED.test(word) ? segmentsOf(word) : [singular(word)]));
  return [...new Set(words)].filter((word) => !FILLERS.has(word));
}

function segmentsOf(text: string): string[] {
  return [...SEGMENTER.segment(text)].filter(({ isWordLike }) => isWordLike === true).map(({ segment }) => segment);
}

function singular(word: string): string {
  if (word.length < 4) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

/**
 * The items that have at least half of the query's words in title, type, tags or vendor, best first: more words count before
 * better places, and equals stay in the order given. A query of fillers only fits every item.
 */
export function rankByWords<Item>(query: string, items: readonly Item[], facts: (item: Item) => Searchable): Item[] {
  const wanted = searchWords(query);
  return items
    .map((item) => ({ item, ...scoreOf(wanted, facts(item)) }))
    .filter(({ found }) => found * 2 >= wanted.length)
    .sort((a, b) => b.found - a.found || b.score - a.score)
    .map(({ item }) => item);
}

function scoreOf(wanted: readonly string[], { title, type = '', tags = [], vendor = '' }: Searchable): { found: number; score: number } {
  const places = [
    { words: new Set(searchWords(title)), weight: WEIGHTS.title },
    { words: new Set(searchWords(type)), weight: WEIGHTS.type },
    { words: new Set(searchWords(tags.join(' '))), weight: WEIGHTS.tags },
    { words: new Set(searchWords(vendor)), weight: WEIGHTS.vendor },
  ];
  const scores = wanted.map((word) => places.reduce((sum, { words, weight }) => sum + (words.has(word) ? weight : 0), 0));
  return { found: scores.filter((score) => score > 0).length, score: scores.reduce((sum, score) => sum + score, 0) };
}
