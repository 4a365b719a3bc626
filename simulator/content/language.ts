/** Small rules of English that the templates need. */

export function capital(text: string): string {
  return text === '' ? text : `${text[0]?.toUpperCase()}${text.slice(1)}`;
}

const NAMES = new Set(
  (
    'Python Java JavaScript TypeScript Rust Go Ruby Kubernetes Docker Linux Windows Temporal Claude Anthropic Google Amazon Microsoft Apple Shopify Etsy ' +
    'Stripe Postgres PostgreSQL React Django Excel Figma Slack Notion London Paris Berlin Tokyo Amsterdam Vienna Lisbon Europe America Asia Africa England ' +
    'Germany France Italy Spain Japan China India Brazil Canada Mexico English German French Spanish Italian Japanese European American Monday Tuesday ' +
    'Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Christmas Easter I'
  ).split(' '),
);

/** For use inside a sentence: small first letter, unless the word is a name or an abbreviation. */
export function inSentence(text: string): string {
  const word = /^[\p{L}\d'-]+/u.exec(text)?.[0] ?? '';
  const named = NAMES.has(word) || /[A-Z0-9]/.test(word.slice(1)) || (word.length === 1 && word !== 'A');
  return named || text === '' ? text : `${text[0]?.toLowerCase()}${text.slice(1)}`;
}

const DOUBLED = new Set(
  'run plan set get cut ship stop begin put win sit swim let shop map tag debug submit dig drop fit grab hit plug quit rub scan skip slim spin split stem step strip swap tap trim trip wrap forget prefer refer program'.split(
    ' ',
  ),
);

/** `build` becomes `building`. */
export function gerund(verb: string): string {
  const small = verb.toLowerCase();
  if (DOUBLED.has(small)) return `${verb}${verb.at(-1)}ing`;
  if (small.endsWith('ie')) return `${verb.slice(0, -2)}ying`;
  if (/[^aeiouy]e$|[aeiou]ue$|[ui]se$/.test(small)) return `${verb.slice(0, -1)}ing`;
  return `${verb}ing`;
}

const SMALL_WORDS = new Set('a an the and but or nor for so yet as at by in of off on per to up via with from into over vs is'.split(' '));

/** Headline capitals; words with capitals of their own are left alone. */
export function titleCase(text: string): string {
  const words = text.split(' ');
  return words
    .map((word, at) => {
      const plain = word.toLowerCase();
      const inner = at > 0 && at < words.length - 1 && !/[:–—]$/.test(words[at - 1] ?? '');
      if (/[A-Z]/.test(word.slice(1)) || /^\d/.test(word)) return word;
      return inner && SMALL_WORDS.has(plain) ? plain : capital(word);
    })
    .join(' ');
}

const DANGLING = new Set(
  'a an the and but or nor for so yet as at by in of off on per to up via with from into over is are was that which who how what when where why their its your our than before after without'.split(
    ' ',
  ),
);

/** The beginning of a text within so many characters, ending at a word that can end a phrase. */
export function clipWords(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const words = text
    .slice(0, maxLength + 1)
    .split(' ')
    .slice(0, -1);
  while (words.length > 1 && DANGLING.has((words.at(-1) ?? '').toLowerCase().replace(/[^a-z]/g, ''))) words.pop();
  const clipped = words.join(' ').replace(/[\s,;:–—-]+$/, '');
  return clipped === '' ? text.slice(0, maxLength) : clipped;
}

/** The sentences of a text, each with its final mark. */
export function sentencesOf(text: string): string[] {
  return text.match(/[^.!?]+(?:[.!?]+(?!\s|$)[^.!?]*)*[.!?]+(?=\s|$)/g)?.map((sentence) => sentence.trim()) ?? [];
}

export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}
