import type { Brief } from './brief';
import { fitText } from './fit-text';
import { textFromFields } from './given-fields';
import type { Place } from './json-answer';
import { capital, listed, titleCase } from './language';
import type { Writer } from './writer';

/** A text of more characters than this has room for every keyword. */
const SHORT_TEXT = 320;

const SEARCHED = /title$|description$/i;

/** Whether a text is to be found by the keywords that the material gives beside its fields. */
export function isSearched({ name, count }: Place, { keywords, fields }: Brief): boolean {
  return keywords.length > 0 && fields.length > 0 && count === 1 && SEARCHED.test(name);
}

/** A title or description that states the given fields and contains the given keywords: all of them, or the first where there is little room. */
export function searchedText(writer: Writer, place: Place): string {
  const { keywords, fields, prompt } = writer.brief;
  const [first = ''] = keywords;
  const room = roomFor(place, prompt);
  if (/title$/i.test(place.name)) return titleWith(first, writer.brief.topic.plain, room);
  const body = (used: number): string =>
    textFromFields(fields, { ...place, limits: { ...place.limits, maxLength: Math.max(0, room - used) } }, prompt);
  const lead = `${capital(first)}: `;
  if (room <= SHORT_TEXT) return `${lead}${body(lead.length)}`;
  const sought = `People look for it as ${listed(keywords)}.`;
  return fitText(`${body(sought.length + 1)} ${sought}`.trim(), place.limits, writer);
}

/** What the schema states, and what the prompt asks for: `title: at most 70 characters`. */
function roomFor({ name, limits }: Place, prompt: string): number {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const asked = [...prompt.matchAll(/\b([a-z ]{3,40}): at most (\d+) characters/gi)].find(
    ([, of = '']) => of.trim().toLowerCase() === words,
  );
  return Math.min(limits.maxLength ?? Infinity, asked === undefined ? Infinity : Number(asked[2]));
}

function titleWith(keyword: string, name: string, room: number): string {
  const headline = titleCase(keyword);
  const texts = [...(name.toLowerCase().includes(keyword.toLowerCase()) ? [name] : []), `${name}: ${headline}`, headline];
  return texts.find((text) => text.length <= room) ?? headline;
}

/** The strings of a JSON list. */
export function keywordsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((keyword): keyword is string => typeof keyword === 'string') : [];
}
