import { resolveReference } from '../validate-schema';
import type { WebPage } from '../web/sealed-text';
import type { JsonSchema } from '../wire';

type Page = Pick<WebPage, 'url' | 'title'>;
type Fields = Readonly<Record<string, unknown>>;

interface Citing {
  readonly root: JsonSchema;
  /** Pages that may be cited. */
  readonly pages: readonly Page[];
  /** Place in the nearest list. */
  readonly at: number;
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isAddress = (value: unknown): value is string => typeof value === 'string' && /^https?:/.test(value);
/** Stands for a value that cannot be there without a page. */
const NOTHING = Symbol('nothing');

/**
 * Makes an answer cite what was found: lists called `sources` get its pages, each `source` one of those that are listed. What would need a page when
 * none was found is left out, as far as the schema allows.
 */
export function citeFound(value: unknown, root: JsonSchema, pages: readonly Page[]): unknown {
  const withLists = mapLists(value, pages);
  const listed = listedIn(withLists);
  return citeEach(withLists, root, { root, pages: listed.length > 0 ? listed : pages, at: 0 });
}

/** As many pages as were asked for and are there; entries in words stay. */
function sourcesFrom(entries: readonly unknown[], pages: readonly Page[]): unknown[] {
  return entries.flatMap((entry, at): unknown[] => {
    const page = pages[at];
    if (isAddress(entry)) return page === undefined ? [] : [page.url];
    if (!isFields(entry) || !('url' in entry)) return [entry];
    return page === undefined ? [] : [{ ...entry, url: page.url, ...('title' in entry && { title: page.title }) }];
  });
}

function mapLists(value: unknown, pages: readonly Page[]): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLists(item, pages));
  if (!isFields(value)) return value;
  const mapped = (name: string, field: unknown): unknown =>
    name === 'sources' && Array.isArray(field) ? sourcesFrom(field, pages) : mapLists(field, pages);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, mapped(name, field)]));
}

function listedIn(value: unknown): Page[] {
  if (Array.isArray(value)) return value.flatMap(listedIn);
  if (!isFields(value)) return [];
  const { url, title } = value;
  const own = isAddress(url) && typeof title === 'string' ? [{ url, title }] : [];
  return [...own, ...Object.entries(value).flatMap(([name, field]) => (name === 'sources' || isFields(field) ? listedIn(field) : []))];
}

/** Gives each `source` a page, in turn. */
function citeEach(value: unknown, schema: JsonSchema, citing: Citing): unknown {
  const node = schema.$ref === undefined ? schema : (resolveReference(citing.root, schema.$ref) ?? {});
  if (Array.isArray(value)) {
    const items = node.items ?? {};
    return value.map((item, index) => citeEach(item, items, { ...citing, at: index })).filter((item) => item !== NOTHING);
  }
  if (!isFields(value)) return value;
  const page = citing.pages[citing.at % Math.max(1, citing.pages.length)];
  const fields: Array<readonly [string, unknown]> = [];
  for (const [name, field] of Object.entries(value)) {
    const isSource = name === 'source' && isAddress(field);
    if (isSource && page === undefined && node.required?.includes(name)) return NOTHING;
    if (isSource && page === undefined) continue;
    fields.push([name, isSource ? page?.url : citeEach(field, node.properties?.[name] ?? {}, citing)]);
  }
  return Object.fromEntries(fields);
}
