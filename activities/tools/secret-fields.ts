const SECRET_NAME = /key$|token$|secret$|password$|^authorization$|credential/i;
/** A reference to a variable of the environment. */
const REFERENCE = /\$\{[A-Za-z_]\w*\}/;
/** What a call fills in later is no secret of the file. */
const PLACEHOLDER = /^\{[^{}]*\}$/;
const QUERY = /^https?:\/\/[^?#]*\?([^#]*)/i;

interface Named {
  readonly place: string;
  readonly value: string;
}

/** Texts of a section that are named like secrets: fields, and parameters of addresses. */
function named(value: unknown, path: readonly string[] = []): Named[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
    const at = [...path, name];
    if (typeof item !== 'string') return named(item, at);
    const texts = SECRET_NAME.test(name) ? [item] : parametersOf(item);
    return texts.filter((text) => text !== '' && !PLACEHOLDER.test(text)).map((text) => ({ place: at.join('.'), value: text }));
  });
}

function parametersOf(address: string): string[] {
  const [, query = ''] = QUERY.exec(address) ?? [];
  return query.split('&').flatMap((pair) => {
    const [name = '', ...value] = pair.split('=');
    return SECRET_NAME.test(name) ? [value.join('=')] : [];
  });
}

/** What must not get into a log line: values that are named like secrets, those of addresses as they stand there and as they are meant. */
export function secretsIn(section: unknown): string[] {
  return [...new Set(named(section).flatMap(({ value }) => [value, decoded(value)]))];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The place of a secret that is written out; undefined when all of them are references. A key in a file is a key in a repository, sooner or later. */
export function writtenSecret(content: unknown): string | undefined {
  return named(content).find(({ value }) => !REFERENCE.test(value))?.place;
}
