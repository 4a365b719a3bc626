import { headingFor, sectionKinds } from './article';
import { isCompany, MADE_UP_COMPANIES } from './companies';
import { fitsLimits, fitText } from './fit-text';
import { formatted } from './formats';
import { fieldAt, textFromFields } from './given-fields';
import { isSearched, searchedText } from './given-keywords';
import { givenOptions } from './given-lists';
import type { Place } from './json-answer';
import { capital, clipWords, inSentence, listed, slugOf } from './language';
import { article, oneParagraph, quote, type Write } from './long-texts';
import { textOfPattern } from './pattern';
import {
  CAUTIONS,
  CLAIMS,
  CONFLICTS,
  CONTEXT,
  DETAILS,
  EDIT_REASONS,
  EDITS,
  MEASURES,
  PARTS,
  POINTS,
  PURPOSES,
  SEO,
  SETTLEMENTS,
  STEPS,
  TITLES,
} from './sentences';
import type { Writer } from './writer';

interface StringOptions {
  readonly format: string | undefined;
  readonly writer: Writer;
}

/** A text for one property: by format, by pattern, or by what its name and description say it is. */
export function stringFor(place: Place, { format, writer }: StringOptions): string {
  if (format !== undefined) return formatted(format, writer);
  const { pattern } = place.limits;
  if (pattern !== undefined) return textOfPattern(pattern, writer.random);
  const options = givenOptions(place, writer.brief);
  if (options.length > 0) return writer.random.pick(options);
  const { fields, prompt } = writer.brief;
  if (isCompany(place)) return writer.sentence(MADE_UP_COMPANIES);
  if (isSearched(place, writer.brief)) return searchedText(writer, place);
  if (fields.length > 0 && place.name === 'field') return fieldAt(fields, place.index).field;
  if (fields.length > 0 && TEXT_ON_FIELDS.test(place.name)) return textFromFields(fields, place, prompt);
  const write =
    KINDS.find(([names]) => names.test(place.name))?.[1] ?? KINDS.find(([names]) => names.test(place.parent))?.[1] ?? byDescription(place);
  if ((place.limits.paragraphs?.[1] ?? 1) > 1) return fitText(article(writer, place), place.limits, writer);
  // Another sentence that fits is better than one that is shortened.
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const text = write(writer, place);
    if (fitsLimits(text, place.limits)) return text;
  }
  return fitText(write(writer, place), place.limits, writer);
}

const ATTEMPTS = 4;

/** Texts about what the material describes by fields: they state these and nothing else. */
const TEXT_ON_FIELDS = /text|description|caption|line$|bullet|highlight|body|copy|post$/i;

/** The shortest of several texts that fits; the first one when all do. */
function firstFitting(texts: readonly string[], maxLength = Infinity): string {
  return texts.find((text) => text.length <= maxLength) ?? ([...texts].sort((a, b) => a.length - b.length)[0] as string);
}

const title: Write = (writer, { limits }) => {
  const { headline } = writer.brief.topic;
  const candidates = [...writer.all(TITLES), headline];
  return firstFitting(candidates, limits.maxLength ?? 80);
};

const seo: Write = (writer, { limits }) => firstFitting(writer.all(SEO), limits.maxLength ?? 155);

const heading: Write = (writer, { index, count }) => headingFor(writer, sectionKinds(Math.max(3, count))[index] ?? 'doing', count);

/** Which claims an angle asks for; without a hint the request decides. */
function claimSet(writer: Writer): readonly string[] {
  const angle = writer.brief.angle ?? '';
  if (/risk|pitfall|mistake|problem|challenge|against|critic|fail|limit|weak/i.test(angle)) return CLAIMS.risks;
  if (/trend|future|market|outlook|history|competit|demand|recent|state/i.test(angle)) return CLAIMS.outlook;
  if (/basic|fundament|concept|background|definition|principle|overview|core|how it works/i.test(angle)) return CLAIMS.basics;
  if (/practi|how|step|implement|tool|method|technique|example|case|experience|use/i.test(angle)) return CLAIMS.practice;
  return writer.random.pick(Object.values(CLAIMS));
}

const claim: Write = (writer) => `${writer.sentence(claimSet(writer))}.`;
const detail: Write = (writer) => `${writer.sentence(DETAILS)} ${writer.sentence(DETAILS)}`;
const source: Write = (writer) => writer.source();

const summary: Write = (writer) => `${writer.sentence(claimSet(writer))}. ${writer.sentence(CONTEXT)} ${writer.sentence(PARTS)}`;
const advice: Write = (writer) => `${capital(writer.word('steps'))}.`;
const caution: Write = (writer) => writer.sentence(CAUTIONS);
const strength: Write = (writer) => `${capital(writer.word('gains'))}.`;
const judgement: Write = (writer) => `${writer.sentence(CONTEXT)} ${writer.sentence(STEPS)}`;
const sectionSummary: Write = (writer, { index, count }) => {
  const kind = sectionKinds(Math.max(3, count))[index] ?? 'doing';
  const said: Readonly<Record<string, readonly string[]>> = {
    opening: CONTEXT,
    basics: PARTS,
    doing: STEPS,
    risks: CAUTIONS,
    measuring: MEASURES,
    closing: CONTEXT,
  };
  return writer.sentence(said[kind] ?? PARTS);
};

/** As long as what a search engine shows under a title. */
const SHORT_DESCRIPTION = 200;

const describeShortly: Write = (writer, place) => {
  if (/outline|section|chapter/i.test(place.parent)) return sectionSummary(writer, place);
  const shown = /description/i.test(place.name) && (place.limits.maxLength ?? Infinity) <= SHORT_DESCRIPTION;
  return shown ? seo(writer, place) : summary(writer, place);
};

const point: Write = (writer) => writer.sentence(POINTS);

const viewpoint: Write = ({ brief }, { index }) =>
  brief.viewpoints[index % Math.max(1, brief.viewpoints.length)] ?? brief.angle ?? brief.topic.short;

/**
 * An id that the material gives, another one for each item; without any, one that is new in its list. Of `factIds`, those under the tag `facts`, all of
 * them before one is named again.
 */
const givenId: Write = (writer, { name, index }) => {
  const { ids, idsUnder, topic } = writer.brief;
  const own = idsUnder.get(`${name.replace(/_?ids?$/i, '')}s`) ?? [];
  if (own.length > 0) return writer.sentence(own);
  return ids[index % Math.max(1, ids.length)] ?? `${slugOf(topic.short).slice(0, 30)}-${index + 1}`;
};

const keyword: Write = (writer, { index }) => {
  const noun = inSentence(writer.word('parts')).replace(/^(?:the|an?)\s+/, '');
  return index === 0 ? writer.brief.topic.short : clipWords(noun, 30);
};

const text =
  (form: (writer: Writer) => string): Write =>
  (writer) =>
    form(writer);

const PEOPLE = [
  'Mara Lindqvist',
  'Jonas Weber',
  'Aisha Rahman',
  'Tomás Herrera',
  'Ines Duarte',
  'Noor Haddad',
  'Kenji Arai',
  'Clara Novak',
];

/** Somebody whom the material names; without any, a role. */
const givenName: Write = ({ brief, random }) => random.pick(brief.names.length > 0 ? brief.names : ROLES);

const ROLES = ['analyst', 'engineer', 'researcher', 'economist', 'designer', 'risk specialist', 'operations specialist', 'user researcher'];

/** By property name, most special first. */
const KINDS: ReadonlyArray<readonly [RegExp, Write]> = [
  [/^(?:id|\w+Ids?|\w+_ids?)$/, givenId],
  [/seo|meta_?desc|snippet/i, seo],
  [/^paragraphs?$/i, oneParagraph],
  [/^(?:angle|viewpoint|perspective|between|sides?)$/i, viewpoint],
  [/^(?:what|change)$/i, text((writer) => writer.sentence(EDITS))],
  [/^why$/i, text((writer) => writer.sentence(EDIT_REASONS))],
  [/^about$/i, text((writer) => writer.sentence(CONFLICTS))],
  [/^(?:settled|resolution)$/i, text((writer) => writer.sentence(SETTLEMENTS))],
  [/agreement/i, claim],
  [/^purpose$/i, text((writer) => writer.sentence(PURPOSES))],
  [/points?$/i, point],
  [
    /^(?:draft|article|body|markdown|content|copy|report|essay|post|revised\w*|document|final|story)$|Draft$|Article$|Markdown$|Body$/i,
    article,
  ],
  [/heading|section_?title/i, heading],
  [/^outline$|^sections$/i, heading],
  [/title|headline/i, title],
  [/source|reference|citation|publication/i, source],
  [/claim|fact|finding|statement|insight|evidence_?line/i, claim],
  [/slug|handle/i, text(({ brief }) => slugOf(brief.topic.short))],
  [/keyword|tag(?:s)?$|hashtag|term/i, keyword],
  [/url|link|website/i, text((writer) => formatted('uri', writer))],
  [/e_?mail/i, text((writer) => formatted('email', writer))],
  [/date$|^date|At$/, text((writer) => formatted('date', writer))],
  [/^(?:next_?)?(?:speaker|assignee|member)$/i, givenName],
  [/^(?:worker|specialist|expert)$/i, text(({ random }) => random.pick(ROLES))],
  [/author|person|persona|contact|reviewer_?name/i, text(({ random }) => random.pick(PEOPLE))],
  [/audience|reader|segment|customer/i, text((writer) => capital(listed([writer.word('people'), writer.word('people')])))],
  [
    /tone|style|voice/i,
    text(({ random }) => random.pick(['Calm and practical', 'Warm and direct', 'Plain and precise', 'Friendly, with short sentences'])),
  ],
  [/tagline|slogan|hook|cta|call_?to_?action|pitch/i, text((writer) => `${capital(writer.word('gains'))}, one step at a time.`)],
  [/category|topic|theme|area/i, text(({ brief }) => capital(brief.topic.short))],
  [/subject|^name$|product|label/i, text(({ brief }) => brief.topic.headline)],
  [/step|task|instruction|action|recommend|suggest|improve|change|next|todo|fix|advice/i, advice],
  [/risk|weak|gap|issue|problem|concern|objection|con$|cons$|caution|warning|threat|mistake/i, caution],
  [/strength|benefit|advantage|pro$|pros$|feature|opportunit|gain|value/i, strength],
  [/measure|metric|kpi/i, text((writer) => capital(writer.word('measures')))],
  [/goal|objective|criteri/i, text((writer) => `${capital(writer.word('gains'))}.`)],
  [/question/i, text((writer) => `How does ${writer.word('parts')} change the result?`)],
  [/quote/i, quote],
  [/^(?:replacement|rewrite|rewritten|corrected)$/i, text((writer) => writer.sentence(PARTS))],
  [/summary|abstract|overview|synopsis|takeaway|description|brief|covers/i, describeShortly],
  [/detail|explanation|background|elaborat/i, detail],
  [
    /rationale|reason|why|justif|comment|feedback|critique|verdict|opinion|argument|position|answer|response|message|evidence|note/i,
    judgement,
  ],
];

/** When a name says nothing, its description may. */
function byDescription({ description }: Place): Write {
  const named = KINDS.find(([names]) => description.split(/\W+/).some((word) => names.test(word)));
  if (/\b(?:article|markdown|draft)\b/i.test(description)) return article;
  return named?.[1] ?? judgement;
}
