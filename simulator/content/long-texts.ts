import { articleHeadings, kindOf, paragraph, sectionKinds, writeArticle } from './article';
import type { Place } from './json-answer';
import { PARTS } from './sentences';
import { spokenLimits, type SpokenLimits } from './spoken-limits';
import type { Writer } from './writer';

/** Writes the text of one property. */
export type Write = (writer: Writer, place: Place) => string;

/** A paragraph of a list, each of another kind. */
export const oneParagraph: Write = (writer, { index, count }) => {
  const kind = sectionKinds(Math.max(1, count))[index] ?? 'doing';
  return paragraph(writer, kind, writer.brief.facts[index]);
};

/** A text to be worked on is kept and extended; without one an article is written. */
export const article: Write = (writer, { limits }) => {
  const { brief } = writer;
  if (brief.draft !== undefined && /##|\n\n/.test(brief.draft)) return revised(writer, brief.draft);
  const stated = wordsIn(limits) ?? wordsIn(spokenLimits(brief.prompt.trim().split('\n\n').at(-1)));
  const words = stated ?? (limits.maxLength === undefined ? 620 : limits.maxLength / 6.5);
  if (limits.paragraphs !== undefined || words < 220)
    return paragraphs(writer, limits.paragraphs?.[1] ?? Math.max(1, Math.round(words / 55)));
  const headings = articleHeadings(writer, brief, words < 400 ? 3 : 5);
  return writeArticle(writer, { words, headings });
};

/** What lies in the middle of stated limits. The description of a field comes before the prompt's last paragraph, which says what to do. */
const wordsIn = ({ minWords, maxWords }: SpokenLimits): number | undefined =>
  maxWords === undefined ? minWords : ((minWords ?? maxWords) + maxWords) / 2;

function paragraphs(writer: Writer, count: number): string {
  return sectionKinds(count)
    .map((kind) => paragraph(writer, kind))
    .join('\n\n');
}

/** The draft with one more paragraph in its last but one section. */
function revised(writer: Writer, draft: string): string {
  const sections = draft.trim().split(/\n(?=## )/);
  const at = Math.max(0, sections.length - 2);
  const headingLine = /^## (.+)$/m.exec(sections[at] ?? '')?.[1] ?? '';
  sections[at] = `${(sections[at] ?? '').trimEnd()}\n\n${paragraph(writer, kindOf(headingLine, Math.max(1, at), sections.length))}\n`;
  return sections.join('\n');
}

/** Of a text to be worked on, one of its sentences to the letter, another one for each item; without a text any sentence. */
export const quote: Write = (writer, { index }) => {
  const sentences = sentencesOf(writer.brief.draft ?? '');
  const start = sentences.length === 0 ? 0 : writer.random.int(0, sentences.length - 1);
  return sentences[(start + index) % Math.max(1, sentences.length)] ?? writer.sentence(PARTS);
};

/** Sentences of Markdown prose that occur once. */
function sentencesOf(markdown: string): string[] {
  const prose = markdown.split('\n').filter((line) => /^\p{L}/u.test(line));
  const sentences = prose.flatMap((line) => line.match(/[^.!?]+[.!?](?=\s|$)/g) ?? []).map((sentence) => sentence.trim());
  return sentences.filter((sentence) => markdown.indexOf(sentence) === markdown.lastIndexOf(sentence));
}
