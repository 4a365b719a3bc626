import type { Finding } from '../../common/finding';
import { LAUNCH_LIMITS } from '../../common/launch-limits';
import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import type { ToolInput } from '../run/tools';

type Input = PipelineInput<'productLaunch'>;
type Facts = ToolInput<'claimCheck'>['facts'];

/** What a shop's page says of the product. */
export type LaunchTexts = Pick<PipelineResult<'productLaunch'>, 'title' | 'description' | 'bullets' | 'metaDescription'>;

/** Of the keywords, so many have to be used. */
const KEYWORDS_TO_USE = 5;

/** All that agents are told of the product, and all that the texts may claim. */
export function productOf({ name, category, description, attributes }: Input) {
  return {
    name,
    ...(category !== undefined && { category }),
    ...(description !== undefined && { description }),
    attributes,
  };
}

/** The product data as the sources of claims. What its keywords say is no fact. */
export function factsOf({ name, category, description, attributes }: Input): Facts {
  return [
    { field: 'name', value: name },
    ...(category === undefined ? [] : [{ field: 'category', value: category }]),
    ...(description === undefined ? [] : [{ field: 'description', value: description }]),
    ...Object.entries(attributes).flatMap(([attribute, value]) => factsOfAttribute(`attributes.${attribute}`, value)),
  ];
}

/** A bare number may be a share, but no price. A table has no truth values but words for them. */
function factsOfAttribute(field: string, value: string | number): Facts {
  if (typeof value === 'number') return (['number', 'percent'] as const).map((kind) => ({ field, value, kind }));
  if (/^(?:yes|true)$/i.test(value)) return [{ field, value: true }];
  return [{ field, value: /^(?:no|none|false)$/i.test(value) ? false : value }];
}

/** Every text with its limits, in the order of a page. */
export function placedTexts(
  { title, description, bullets, metaDescription }: LaunchTexts,
  limits: Pick<Input, 'titleCharacters' | 'metaCharacters'>,
) {
  return [
    { place: 'title', text: title, maxCharacters: limits.titleCharacters },
    {
      place: 'description',
      text: description,
      minCharacters: LAUNCH_LIMITS.descriptionLeast,
      maxCharacters: LAUNCH_LIMITS.description,
    },
    ...bullets.map((text, at) => ({ place: `bullets[${at}]`, text, maxCharacters: LAUNCH_LIMITS.bullet })),
    { place: 'metaDescription', text: metaDescription, maxCharacters: limits.metaCharacters },
  ];
}

/** Keywords that stand in any of the texts. */
export function keywordsIn({ title, description, bullets, metaDescription }: LaunchTexts, keywords: readonly string[]): string[] {
  return keywords.filter((keyword) => [title, description, ...bullets, metaDescription].some((text) => stands(keyword, text)));
}

/** The first keyword stands in title and meta description, the first five somewhere. */
export function keywordFindings(texts: LaunchTexts, keywords: readonly string[]): Finding[] {
  const [first, ...others] = keywords.slice(0, KEYWORDS_TO_USE);
  if (first === undefined) return [];
  const used = new Set(keywordsIn(texts, others));
  const missing = (place: string, rule: string): Finding => ({ check: 'keyword', phrase: '', rule, place, at: 0 });
  return [
    ...(['title', 'metaDescription'] as const)
      .filter((place) => !stands(first, texts[place]))
      .map((place) => missing(place, `must contain the first keyword "${first}"`)),
    ...others
      .filter((keyword) => !used.has(keyword))
      .map((keyword) => missing('description', `the keyword "${keyword}" stands in no text; use it here or in a bullet`)),
  ];
}

const wordsOf = (text: string): string =>
  ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `;

/** Whether a keyword stands in a text, word for word; its last word may be a plural. */
function stands(keyword: string, text: string): boolean {
  const [sought, found] = [wordsOf(keyword).trimEnd(), wordsOf(text)];
  return ['', 's', 'es'].some((ending) => found.includes(`${sought}${ending} `));
}

const EMOJI = /(?![©®™])[\p{Extended_Pictographic}\p{Regional_Indicator}]/gu;
/** Shorter ones are mostly abbreviations. */
const SHOUTED = /(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\p{N}-]{3,}(?![\p{L}\p{N}])/gu;

/** What shops and search engines do not take in a title: shouting, emoji, a second line. Words that the data itself writes so are fine. */
export function titleFindings(title: string, data: string): Finding[] {
  const finding = (phrase: string, at: number, rule: string): Finding => ({ check: 'title', phrase, rule, place: 'title', at });
  const lineBreak = title.search(/[\r\n]/);
  return [
    ...[...title.matchAll(EMOJI)].map(({ 0: phrase, index }) => finding(phrase, index, 'a title has no emoji')),
    ...[...title.matchAll(SHOUTED)]
      .filter(({ 0: word }) => !data.includes(word))
      .map(({ 0: word, index }) => finding(word, index, 'a title has no words in capitals')),
    ...(lineBreak === -1 ? [] : [finding('', lineBreak, 'a title has one line')]),
  ];
}

interface Versions {
  /** The texts that the findings are about. */
  readonly before: LaunchTexts;
  /** The final texts. */
  readonly now: LaunchTexts;
  /** Whether the agent has looked at the final texts. */
  readonly judged: boolean;
}

/**
 * Findings of the agent that nothing was done about: their text is as it was, or still has their words and the agent could not look
 * again. What code finds it finds again.
 */
export function unmended(findings: readonly Finding[], { before, now, judged }: Versions): Finding[] {
  return findings.filter(({ check, place, phrase }) => {
    const text = textAt(now, place);
    return check === 'launchQa' && text !== undefined && (text === textAt(before, place) || (!judged && text.includes(phrase)));
  });
}

/** Limits change no place. */
const textAt = (texts: LaunchTexts, place: string): string | undefined =>
  placedTexts(texts, { titleCharacters: 0, metaCharacters: 0 }).find((one) => one.place === place)?.text;

export type SettledFinding = PipelineResult<'productLaunch'>['findings'][number];

const keyOf = ({ check, phrase, rule, place }: Finding): string => JSON.stringify([check, place, phrase, phrase === '' ? rule : '']);

/** Every finding once, with the round that found it first and whether the final texts still have it. */
export function settled(rounds: ReadonlyArray<readonly Finding[]>, open: readonly Finding[]): SettledFinding[] {
  const stillOpen = new Set(open.map(keyOf));
  const first = new Map<string, SettledFinding>();
  [...rounds, open].forEach((findings, at) => {
    for (const finding of findings) {
      const key = keyOf(finding);
      if (!first.has(key)) first.set(key, { ...finding, round: at + 1, settled: stillOpen.has(key) ? 'open' : 'rewritten' });
    }
  });
  return [...first.values()];
}
