import type { Random } from '../random';
import type { MessagesRequest } from '../wire';
import { articleHeadings, paragraph, sectionKinds, writeArticle } from './article';
import { briefOf } from './brief';
import { fitText } from './fit-text';
import { spokenLimits } from './spoken-limits';
import { createWriter } from './writer';

/** Requests for a text this long get headings. */
const ARTICLE_WORDS = 250;

/** An answer in plain text: a few paragraphs on the topic, or an article in markdown when one is asked for. */
export function writeProse(request: MessagesRequest, random: Random): string {
  const brief = briefOf(request);
  const writer = createWriter(brief, random);
  const limits = spokenLimits(`${brief.system.slice(-2_000)}\n${brief.prompt.slice(-2_000)}`);
  const words = limits.maxWords === undefined ? limits.minWords : ((limits.minWords ?? limits.maxWords) + limits.maxWords) / 2;
  const wantsArticle = /\b(?:article|blog post|markdown|draft|essay|report|guide)\b/i.test(brief.prompt) || brief.headings.length > 0;
  if (limits.paragraphs === undefined && wantsArticle && (words ?? ARTICLE_WORDS) >= ARTICLE_WORDS) {
    return writeArticle(writer, { words: words ?? 500, headings: articleHeadings(writer, brief), title: true });
  }
  if (limits.sentences !== undefined) return fitText(paragraph(writer, 'opening'), { sentences: limits.sentences }, writer);
  const count = limits.paragraphs?.[1] ?? (words === undefined ? random.int(2, 3) : Math.max(1, Math.round(words / 55)));
  return sectionKinds(count)
    .map((kind) => paragraph(writer, kind))
    .join('\n\n');
}
