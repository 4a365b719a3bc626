import type { MessagesRequest } from '../wire';
import { lastText, systemText, userText } from '../rules';
import { fieldOf, type Field } from './fields';
import { fieldsIn, type GivenField } from './given-fields';
import { keywordsIn } from './given-keywords';
import { topicOf, type Topic } from './topic';

/** A fact that the prompt hands over, with where it comes from when it says so. */
export interface GivenFact {
  readonly text: string;
  readonly source?: string;
}

/** What a prompt asks about, read from its tags and its words. */
export interface Brief {
  readonly topic: Topic;
  readonly field: Field;
  /** The side from which the topic is to be seen. */
  readonly angle: string | undefined;
  /** Headings of a given outline, in order. */
  readonly headings: readonly string[];
  readonly facts: readonly GivenFact[];
  /** Angles of several given reports. */
  readonly viewpoints: readonly string[];
  /** What the given material calls `id`, each once, in order. */
  readonly ids: readonly string[];
  /** The same by the tag that it stands in. */
  readonly idsUnder: ReadonlyMap<string, readonly string[]>;
  /** The words that the given material has under a name, each once. */
  readonly wordsUnder: (name: string) => readonly string[];
  /** The entries of the JSON list in a tag; none without such a tag. */
  readonly listUnder: (tag: string) => readonly unknown[];
  /** What the given material calls `name`, each once, in order. */
  readonly names: readonly string[];
  /** Facts that the material gives as field and value, in order. */
  readonly fields: readonly GivenField[];
  /** A given list of keywords. */
  readonly keywords: readonly string[];
  /** A text that is to be worked on. */
  readonly draft: string | undefined;
  readonly prompt: string;
  readonly system: string;
}

const TOPIC_TAGS = [
  'topic',
  'subject',
  'question',
  'product',
  'product_name',
  'name',
  'brand',
  'title',
  'task',
  'goal',
  'query',
  'request',
  'listing',
  'company',
  'brief',
  'idea',
  'claim',
  'input',
];
const ANGLE_TAGS = ['angle', 'perspective', 'focus', 'aspect', 'lens', 'role', 'position', 'side'];
const OUTLINE_TAGS = ['outline', 'sections', 'structure', 'headings', 'plan'];
const FACT_TAGS = ['findings', 'reports', 'facts', 'research', 'notes', 'evidence', 'finding', 'sources'];
const DRAFT_TAGS = ['draft', 'article', 'text', 'document', 'content', 'current_draft', 'previous_draft'];
const MOST_HEADINGS = 20;
const MOST_FACTS = 30;

/** Content of every `<tag>…</tag>`, outer tags first, by small name; the first of a name counts. */
export function readTags(text: string): Map<string, string> {
  const tags = new Map<string, string>();
  const pending = [text];
  while (pending.length > 0 && tags.size < 60) {
    const part = pending.shift() as string;
    for (const match of part.matchAll(/<([a-zA-Z][\w-]*)(?:\s[^<>]*)?>([\s\S]*?)<\/\1>/g)) {
      const name = (match[1] as string).toLowerCase().replaceAll('-', '_');
      const inner = (match[2] as string).trim();
      if (!tags.has(name)) tags.set(name, inner);
      if (inner.includes('</')) pending.push(inner);
    }
  }
  return tags;
}

export function briefOf(request: MessagesRequest): Brief {
  const prompt = userText(request);
  const system = systemText(request);
  const tags = readTags(prompt);
  const from = (names: readonly string[]): string | undefined =>
    names.map((name) => tags.get(name)).find((value) => value !== undefined && value !== '');
  const topicText = subjectOf(from(TOPIC_TAGS)) ?? subjectOf(from(DRAFT_TAGS)) ?? askedFor(lastText(request)) ?? askedFor(prompt) ?? '';
  const topic = topicOf(topicText);
  const objects = [...tags.values()].flatMap((content) => objectsIn(parseJson(content)));
  return {
    topic,
    field: fieldOf(`${topic.plain} ${topicText.slice(0, 400)}`),
    angle: from(ANGLE_TAGS)?.split('\n')[0],
    headings: headingsIn(from(OUTLINE_TAGS)),
    facts: factsIn(from(FACT_TAGS)),
    viewpoints: viewpointsIn(from(FACT_TAGS)),
    ids: valuesIn(objects, 'id'),
    idsUnder: new Map([...tags].map(([name, content]) => [name, valuesIn(objectsIn(parseJson(content)), 'id')])),
    wordsUnder: (name) => valuesIn(objects, name),
    listUnder: (tag) => listIn(tags.get(tag)),
    names: valuesIn(objects, 'name'),
    fields: fieldsIn(objects),
    keywords: keywordsIn(parseJson(tags.get('keywords') ?? '')),
    draft: draftIn(from(DRAFT_TAGS)),
    prompt,
    system,
  };
}

/** One line that names the subject: of JSON its name or title, of markdown its first heading, otherwise the first line. */
function subjectOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const parsed = parseJson(value);
  if (typeof parsed === 'object' && parsed !== null) {
    const named = ['name', 'title', 'topic', 'product', 'subject', 'question', 'goal', 'address', 'heading'].map(
      (key) => (parsed as Record<string, unknown>)[key],
    );
    return named.find((name): name is string => typeof name === 'string');
  }
  if (typeof parsed === 'string') return parsed;
  return value.split('\n').find((line) => line.trim() !== '');
}

/** The subject of a prompt without tags. */
function askedFor(prompt: string): string | undefined {
  const plain = prompt.replace(/<[^>]*>/g, ' ').trim();
  const labelled = /^(?:topic|subject|question|product|task|goal|title)\s*:\s*(.+)$/im.exec(plain)?.[1];
  const quoted = /["“]([^"”\n]{4,90})["”]/.exec(plain)?.[1];
  const about = /\b(?:about|regarding|on the topic of)\s+([^.\n?!;]{3,90})/i.exec(plain)?.[1];
  const first = plain.split(/[\n.!?]/).find((line) => line.trim() !== '');
  return labelled ?? quoted ?? about ?? first;
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listIn(content = ''): readonly unknown[] {
  const parsed = parseJson(content);
  return Array.isArray(parsed) ? parsed : [];
}

/** Objects of a JSON value, however deep, in order. */
function objectsIn(value: unknown): Array<Record<string, unknown>> {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
}

function valuesIn(objects: ReadonlyArray<Record<string, unknown>>, field: string): string[] {
  const values = objects.map((item) => item[field]);
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))];
}

const LIST_LINE = /^\s*(?:#{1,4}\s+|[-*•]\s+|\d+[.)]\s+)(.+)$/;
const cleaned = (text: string): string => text.replace(/\*\*|__|`/g, '').trim();

function headingsIn(outline: string | undefined): string[] {
  if (outline === undefined) return [];
  const parsed = parseJson(outline);
  if (parsed !== undefined) {
    const named = objectsIn(parsed).map((item) => item['heading'] ?? item['title'] ?? item['name']);
    const plain = Array.isArray(parsed) ? parsed : [];
    return [...named, ...plain].filter((name): name is string => typeof name === 'string' && name !== '').slice(0, MOST_HEADINGS);
  }
  const tagged = [...outline.matchAll(/<(?:heading|title)>([^<]+)<\//g)].map((match) => (match[1] as string).trim());
  if (tagged.length > 0) return tagged.slice(0, MOST_HEADINGS);
  const lines = outline.split('\n');
  const top = lines.filter((line) => /^(?:#{1,4}\s+|\d+[.)]\s+)/.test(line));
  const chosen = top.length > 0 ? top : lines.filter((line) => /^[-*•]\s+/.test(line));
  return (chosen.length > 0 ? chosen : lines.filter((line) => line.trim() !== ''))
    .map((line) => cleaned(LIST_LINE.exec(line)?.[1] ?? line).split(/\s[–—]\s|:\s(?=[a-z])/)[0] as string)
    .map((heading) => heading.replace(/[.:]$/, ''))
    .slice(0, MOST_HEADINGS);
}

function factsIn(findings: string | undefined): GivenFact[] {
  if (findings === undefined) return [];
  const parsed = parseJson(findings);
  if (parsed !== undefined) {
    return objectsIn(parsed)
      .map((item) => ({ text: item['claim'] ?? item['fact'] ?? item['finding'] ?? item['statement'], source: item['source'] }))
      .filter((fact): fact is { text: string; source: unknown } => typeof fact.text === 'string')
      .map(({ text, source }) => (typeof source === 'string' ? { text, source } : { text }))
      .slice(0, MOST_FACTS);
  }
  return findings
    .split('\n')
    .map((line) => LIST_LINE.exec(line)?.[1])
    .filter((line): line is string => line !== undefined && line.includes(' ') && !line.startsWith('#'))
    .map(factOfLine)
    .slice(0, MOST_FACTS);
}

function viewpointsIn(findings: string | undefined): string[] {
  const angles = objectsIn(parseJson(findings ?? '')).map((item) => item['angle'] ?? item['viewpoint'] ?? item['role']);
  return [...new Set(angles.filter((angle): angle is string => typeof angle === 'string'))];
}

/** `claim (source: name)` or `claim [name]`. */
function factOfLine(line: string): GivenFact {
  const match = /^(.*?)\s+[([](?:source:\s*)?([^()[\]]*(?:\([^()]*\)[^()[\]]*)*)[)\]]\.?$/i.exec(cleaned(line));
  return match ? { text: match[1] as string, source: match[2] as string } : { text: cleaned(line) };
}

function draftIn(draft: string | undefined): string | undefined {
  if (draft === undefined) return undefined;
  const parsed = parseJson(draft);
  if (typeof parsed === 'string') return parsed;
  const named = objectsIn(parsed).map((item) => item['draft'] ?? item['markdown'] ?? item['text'] ?? item['body']);
  return named.find((text): text is string => typeof text === 'string') ?? (parsed === undefined ? draft : undefined);
}
