import { plainText } from './plain-text';

/** Longest HTML that is looked at; a description has a few thousand characters. */
const MAX_HTML = 200_000;
/** What stands inside is code, markup of another kind or never shown. */
const HIDDEN: ReadonlySet<string> = new Set(
  'script style template noscript noembed noframes iframe object svg math head title textarea select xmp audio video canvas'.split(' '),
);
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo big cite code em font i ins kbd mark q s small span strong sub sup tt u var'.split(' '),
);
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  deg: '°',
  times: '×',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  euro: '€',
  pound: '£',
  cent: '¢',
  yen: '¥',
  copy: '©',
  reg: '®',
  trade: '™',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
};

/**
 * What a person would read of a piece of HTML: no tags, comments or scripts, a line for each block. Nothing in the text looks like a tag,
 * also when the HTML was escaped twice, so that it does no harm where a text is taken for HTML by mistake.
 * @param maxCharacters of what is returned
 */
export function htmlText(html: string, maxCharacters: number): string {
  const once = decoded(withoutTags(html.slice(0, MAX_HTML)));
  const text = plainText(decoded(withoutTags(once)), Infinity).replace(/<(?=[a-z/!?])/gi, '< ');
  return plainText(text, maxCharacters);
}

/** One pass from left to right, so that no input takes more than linear time; what is left open at the end is dropped, as browsers do. */
function withoutTags(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    parts.push(html.slice(at, open));
    const markup = markupAt(html, open);
    parts.push(markup.text);
    at = markup.end;
  }
  parts.push(html.slice(at));
  return parts.join('');
}

interface Markup {
  /** What stands for it in the text. */
  readonly text: string;
  /** Where the HTML goes on. */
  readonly end: number;
}

function markupAt(html: string, open: number): Markup {
  if (html.startsWith('<!--', open)) return { text: '', end: after(html, '-->', open + 4) };
  const name = /^<(\/?)([a-z][a-z0-9-]*)/i.exec(html.slice(open, open + 40));
  if (name === null) {
    return /[!?/]/.test(html.charAt(open + 1)) ? { text: '', end: after(html, '>', open) } : { text: '<', end: open + 1 };
  }
  const [head, slash, tag = ''] = name;
  const end = endOfTag(html, open + head.length);
  const element = tag.toLowerCase();
  if (slash === '' && HIDDEN.has(element)) return { text: ' ', end: endOfHidden(html, element, end) };
  if (INLINE.has(element)) return { text: '', end };
  return { text: element === 'li' && slash === '' ? '\n- ' : element === 'td' || element === 'th' ? ' ' : '\n', end };
}

/** A ">" in a quoted value does not end its tag. */
function endOfTag(html: string, from: number): number {
  let at = from;
  while (at < html.length) {
    const character = html.charAt(at);
    if (character === '>') return at + 1;
    at = character === '"' || character === "'" ? after(html, character, at + 1) : at + 1;
  }
  return html.length;
}

function endOfHidden(html: string, element: string, from: number): number {
  const closing = new RegExp(`</${element}(?=[\\s/>])`, 'gi');
  closing.lastIndex = from;
  const match = closing.exec(html);
  return match === null ? html.length : endOfTag(html, match.index + match[0].length);
}

function after(html: string, end: string, from: number): number {
  const found = html.indexOf(end, from);
  return found < 0 ? html.length : found + end.length;
}

function decoded(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,7});/gi, (whole, body: string) => {
    if (!body.startsWith('#')) return (Object.hasOwn(NAMED, body) ? NAMED[body] : undefined) ?? whole;
    const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
  });
}
