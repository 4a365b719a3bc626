import type { Brief } from './brief';
import { fitText } from './fit-text';
import type { Place } from './json-answer';
import { inSentence, titleCase } from './language';
import { productSentence, SAID_OF_ALL } from './product-sentences';
import type { Writer } from './writer';

/** A text of more characters than this has room for every keyword. */
const SHORT_TEXT = 320;

const SEARCHED = /title$|description$/i;
const ITEMS = /bullet/i;

/** Whether a text is to be found by the keywords that the material gives beside its fields, or is one of more bullets than there are fields. */
export function isSearched({ name, index, count }: Place, { keywords, fields }: Brief): boolean {
  if (keywords.length === 0 || fields.length === 0) return false;
  return count === 1 ? SEARCHED.test(name) : ITEMS.test(name) && index >= fields.length;
}

/** A title or description that states the given fields and contains the given keywords: all of them, or the first where there is little room. */
export function searchedText(writer: Writer, place: Place): string {
  const { keywords, fields, topic, prompt } = writer.brief;
  const [first = ''] = keywords;
  const room = roomFor(place, prompt);
  if (place.count > 1) return itemOf(SAID_OF_ALL[(place.index - fields.length) % SAID_OF_ALL.length] ?? SAID_OF_ALL[0]);
  if (/title$/i.test(place.name)) return titleWith(first, topic.plain, room);
  const usual = Math.min(room, USUAL_LENGTH);
  if (room <= SHORT_TEXT) return withFacts(`Looking for ${withArticle(first)}?`, writer.brief, usual);
  const sought = `People who search for ${eitherOf(keywords.map((keyword) => `“${keyword}”`))} find it here.`;
  const facts = withFacts('', writer.brief, Math.max(0, usual - sought.length - 1));
  let text = facts;
  for (const sentence of SAID_OF_ALL) if (text.length + sought.length + 1 < (place.limits.minLength ?? 0)) text = `${text} ${sentence}`;
  return fitText(`${text} ${sought}`.trim(), { ...place.limits, maxLength: Math.max(room, sought.length) }, writer);
}

const USUAL_LENGTH = 400;

const itemOf = (sentence: string): string => sentence.replace(/\.$/, '');

/** A text that goes on with as many facts as there is room for; the first of them names the product. */
function withFacts(lead: string, { fields, topic }: Brief, room: number): string {
  let text = lead;
  let subject = topic.plain;
  for (const field of fields) {
    // With little room the name is what can be done without.
    const longer = [subject, 'It'].map((who) => `${text} ${productSentence(field, who)}`.trim()).find((each) => each.length <= room);
    if (longer === undefined) continue;
    text = longer;
    subject = 'It';
  }
  return text;
}

const withArticle = (keyword: string): string => {
  const plain = keyword.split(' ').map(inSentence).join(' ');
  if (/[^s]s$/.test(plain)) return plain;
  // An abbreviation is spoken letter by letter.
  return `${/^(?:[aeiou]|[AEFHILMNORSX][A-Z]+\b)/.test(plain) ? 'an' : 'a'} ${plain}`;
};

const eitherOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

/** What the schema states, and what the prompt asks for: `title: at most 70 characters`. */
function roomFor({ name, limits }: Place, prompt: string): number {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const asked = [...prompt.matchAll(/\b([a-z ]{3,40}): at most (\d+) characters/gi)].find(
    ([, of = '']) => of.trim().toLowerCase() === words,
  );
  return Math.min(limits.maxLength ?? Infinity, asked === undefined ? Infinity : Number(asked[2]));
}

/** "Brook Glass Bottle" found as "glass water bottle" is a "Brook Glass Water Bottle"; what is called otherwise has both names. */
function titleWith(keyword: string, name: string, room: number): string {
  const headline = titleCase(keyword);
  const merged = mergedName(name, keyword);
  const texts = [
    ...(name.toLowerCase().includes(keyword.toLowerCase()) ? [name] : []),
    ...(merged === undefined ? [] : [merged]),
    `${name} | ${headline}`,
    headline,
  ];
  return texts.find((text) => text.length <= room) ?? headline;
}

/** The keyword in the place of the last words of the name, when it has all of these; singular or plural. */
function mergedName(name: string, keyword: string): string | undefined {
  const words = name.split(' ');
  const known = new Set(keyword.split(' ').map(stem));
  const kept = words.findLastIndex((word) => !known.has(stem(word))) + 1;
  return kept === 0 || kept === words.length ? undefined : `${words.slice(0, kept).join(' ')} ${titleCase(keyword)}`;
}

const stem = (word: string): string => word.toLowerCase().replace(/s$/, '');

/** The strings of a JSON list. */
export function keywordsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((keyword): keyword is string => typeof keyword === 'string') : [];
}
