import { toNumber } from '../../common/convert-value';
import { htmlText } from '../../common/html-text';
import { plainLine } from '../../common/plain-text';
import { metafieldLabel, nameIn, placesOf, type ShopifyColumn } from './columns';
import type { ShopifyProduct } from './read-products';

/** As the schema of `productLaunch` takes them. */
const LONGEST = { description: 4_000, category: 120, attributeName: 60, attribute: 300, keyword: 60 } as const;
const MOST_ATTRIBUTES = 60;
const MOST_KEYWORDS = 20;

/** Fields of the input, by the column that fills them: messages name the column. */
const COLUMN_OF: Readonly<Record<string, ShopifyColumn>> = {
  name: 'title',
  description: 'body',
  category: 'type',
  keywords: 'tags',
  cost: 'cost',
};

/** The name of the column that fills a field of `productLaunch`; undefined for one that none fills. */
export function columnOf(header: readonly string[], field: string): string | undefined {
  const column = COLUMN_OF[field];
  return column === undefined ? undefined : nameIn(header, column);
}

/** What an export says of a product, as the input of `productLaunch`. What it does not say is absent. */
export function launchInput({ header, handle, lines }: ShopifyProduct): Record<string, unknown> {
  const places = placesOf(header);
  const [first = []] = lines;
  const cell = (column: ShopifyColumn): string => (first[places[column]] ?? '').trim();
  const all = (column: ShopifyColumn): string[] => lines.map((line) => (line[places[column]] ?? '').trim()).filter((text) => text !== '');
  const category = plainLine(cell('type') || (cell('category').split('>').at(-1) ?? ''), LONGEST.category);
  const keywords = keywordsOf([category, ...cell('tags').split(',')]);
  const fields = {
    name: cell('title'),
    description: htmlText(cell('body'), LONGEST.description),
    category,
    attributes: attributesOf({ header, first, options: optionsOf(cell, all), brand: cell('vendor') }),
    keywords: keywords.length > 0 ? keywords : [plainLine(cell('title') || handle.replaceAll('-', ' '), LONGEST.keyword)],
    cost: highest(all('cost')),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined && !isEmptyList(value)));
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** No variant may be sold below its margin; one that is no number is shown to the schema. */
function highest(costs: readonly string[]): number | string | undefined {
  const numbers = costs.map(toNumber);
  const wrong = numbers.indexOf(undefined);
  return wrong >= 0 ? costs[wrong] : numbers.length === 0 ? undefined : Math.max(...numbers.map(Number));
}

/** What a shop has one of is an option called "Title" with the value "Default Title". */
const NO_OPTION = 'Default Title';

function optionsOf(cell: (column: ShopifyColumn) => string, all: (column: ShopifyColumn) => string[]): Array<[string, string]> {
  return ([1, 2, 3] as const).flatMap((number): Array<[string, string]> => {
    const name = cell(`option${number}Name`);
    const values = [...new Set(all(`option${number}Value`))].filter((value) => value !== NO_OPTION);
    return name === '' || values.length === 0 ? [] : [[name, listed(values)]];
  });
}

/** As many as fit, whole. */
function listed(values: readonly string[]): string {
  let text = '';
  for (const value of values.map((one) => plainLine(one, LONGEST.attribute))) {
    const longer = text === '' ? value : `${text}, ${value}`;
    if (longer.length > LONGEST.attribute) break;
    text = longer;
  }
  return text;
}

interface Told {
  readonly header: readonly string[];
  readonly first: readonly string[];
  readonly options: ReadonlyArray<readonly [string, string]>;
  readonly brand: string;
}

function attributesOf({ header, first, options, brand }: Told): Record<string, string> {
  const metafields = header.flatMap((column, at): Array<[string, string]> => {
    const label = metafieldLabel(column);
    const value = (first[at] ?? '').trim();
    // Rich texts and references are JSON, which no buyer is told.
    return label === undefined || value === '' || /^[[{]/.test(value) ? [] : [[label, listed(value.split(';').map((part) => part.trim()))]];
  });
  const told = [...(brand === '' ? [] : [['brand', plainLine(brand, LONGEST.attribute)] as const]), ...metafields, ...options];
  const named = told.map(([name, value]) => [plainLine(name, LONGEST.attributeName), value] as const);
  return Object.fromEntries(named.filter(([name, value]) => name !== '' && value !== '').slice(0, MOST_ATTRIBUTES));
}

/** Tags for people; those like `season:winter_24` are for the shop's own machinery. */
function keywordsOf(tags: readonly string[]): string[] {
  const plain = tags.map((tag) => plainLine(tag, LONGEST.keyword + 1)).filter((tag) => /[\p{L}\p{N}]/u.test(tag) && !/[:=_;|]/.test(tag));
  return [...new Set(plain.filter((tag) => tag.length <= LONGEST.keyword))].slice(0, MOST_KEYWORDS);
}
