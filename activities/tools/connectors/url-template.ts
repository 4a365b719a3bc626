import { toolFailure } from '../tool-failure';

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** What goes into placeholders; undefined is not known. */
export type TemplateValues = Readonly<Record<string, string | number | undefined>>;

/**
 * What is wrong with an address template, in words; undefined when nothing is. Placeholders may stand in its path and query only: a caller's
 * text never says which host is asked.
 */
export function templateProblem(template: string, known: readonly string[]): string | undefined {
  const unknown = unknownPlaceholder(template, known);
  if (unknown !== undefined) return unknown;
  const [one, other] = ['a', 'b.b'].map((value) => template.replaceAll(PLACEHOLDER, value));
  if (one === undefined || other === undefined || !URL.canParse(one) || !URL.canParse(other)) return 'must be an http or https address';
  const { protocol, origin, username, password } = new URL(one);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must be an http or https address';
  if (username !== '' || password !== '') return 'must not hold a user or password; use "headers"';
  if (hasDotSegment(template)) return 'must not have "." or ".." in its path';
  return origin === new URL(other).origin ? undefined : 'must name its host without placeholders';
}

/** What is wrong with the placeholders of a text, in words. */
export function unknownPlaceholder(template: string, known: readonly string[]): string | undefined {
  const wrong = [...template.matchAll(PLACEHOLDER)].find(([, name = '']) => !known.includes(name));
  return wrong && `has the unknown placeholder "${wrong[0]}"; use one of ${known.map((name) => `{${name}}`).join(', ')}`;
}

export interface FilledTemplate {
  readonly tool: string;
  readonly url: string;
  /** Parameters to add; one with a placeholder that is not known is left out. */
  readonly query: Readonly<Record<string, string>>;
  readonly values: TemplateValues;
}

/** @throws ToolFailed, final, when the address needs a value that is not known, or a value would change the path of the address */
export function fillTemplate({ tool, url, query, values }: FilledTemplate): string {
  const filled = url.replaceAll(PLACEHOLDER, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === '') {
      throw toolFailure({ message: `Cannot ask for "${tool}": its service needs "${name}"; give it` });
    }
    return encodeURIComponent(wellFormed(value));
  });
  const target = new URL(filled);
  if (hasDotSegment(filled)) {
    throw toolFailure({ message: `Cannot ask for "${tool}": a value would change the address that is asked; correct the input` });
  }
  for (const [name, template] of Object.entries(query)) {
    const text = fillText(template, values);
    if (text !== undefined) target.search += `${target.search === '' ? '?' : '&'}${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
  }
  return target.href;
}

/** `..` is a step up in a path, also when its dots are encoded, which is why encoding cannot tame it. */
function hasDotSegment(address: string): boolean {
  const [path = ''] = address.split(/[?#]/);
  return path.split(/[/\\]/).some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment));
}

function fillText(template: string, values: TemplateValues): string | undefined {
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  if (names.some((name) => values[name] === undefined || values[name] === '')) return undefined;
  return template.replaceAll(PLACEHOLDER, (_, name: string) => wellFormed(values[name] ?? ''));
}

/** Half a character cannot be encoded. */
const wellFormed = (value: string | number): string => String(value).replace(/\p{Surrogate}/gu, '\uFFFD');
