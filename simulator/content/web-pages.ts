import type { Random } from '../random';
import type { RequestTool } from '../wire';
import { isAllowed } from '../web/web-tools';
import type { WebPage } from '../web/sealed-text';
import { slugOf } from './language';
import { CLAIMS, CONTEXT, DETAILS, MEASURES } from './sentences';
import type { Writer } from './writer';

/** Reserved for documentation and tests: a made-up page must not stand on somebody's site. */
const HOSTS = [
  'www.example.com',
  'news.example.com',
  'docs.example.org',
  'blog.example.net',
  'reviews.test',
  'market-notes.example',
  'research-desk.example',
  'community.test',
  'prices.example',
];
const TITLES = [
  '{Work}: what it costs and what it brings',
  '{headline} compared with its alternatives',
  'What {people} say about {thing}',
  '{headline} in numbers',
  'Notes on {part}',
  '{headline}: a look at the market',
  'How to judge {thing}: {measure}',
  'Trends around {thing}',
];
const QUERIES = [
  '{short}',
  '{short} prices',
  '{short} alternatives',
  '{short} reviews',
  '{short} market 2026',
  '{short} features compared',
];
const MONTHS = 'January February March April May June July August September October November'.split(' ');
const SENTENCES = [...CLAIMS.basics, ...CLAIMS.outlook, ...DETAILS, ...CONTEXT, ...MEASURES];

/** Search words on the topic, each time other ones. */
export const queryFor = (writer: Writer): string => writer.sentence(QUERIES);

/** A page on the topic, made up, on a host that the tool may use; undefined when there is none. */
export function pageFor(writer: Writer, tool: RequestTool): WebPage | undefined {
  const title = writer.sentence(TITLES);
  const { random } = writer;
  const hosts = tool.allowed_domains ? tool.allowed_domains : random.shuffle(HOSTS);
  const candidates = hosts.map((host) => `https://${host.replace(/\/+$/, '')}/${slugOf(title)}`);
  const url = random.shuffle(candidates).find((candidate) => isAllowed(tool, candidate));
  return url === undefined ? undefined : { url, title, text: textFor(writer, random.int(8, 16)), age: ageFor(random) };
}

/** The text of a page, of so many sentences. */
export function textFor(writer: Writer, sentences: number): string {
  return Array.from({ length: sentences }, () => writer.sentence(SENTENCES)).join(' ');
}

function ageFor(random: Random): string | null {
  return random.chance(0.2) ? null : `${random.pick(MONTHS)} ${random.int(1, 28)}, ${random.int(2025, 2026)}`;
}
