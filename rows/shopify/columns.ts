/** What we read and write of a product export, by the names that Shopify has given the columns over time. */
const COLUMNS = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  body: ['Body (HTML)', 'Description'],
  vendor: ['Vendor'],
  category: ['Product Category', 'Product category', 'Standardized Product Type', 'Standard Product Type'],
  type: ['Type', 'Custom Product Type'],
  tags: ['Tags'],
  cost: ['Cost per item'],
  seoTitle: ['SEO Title', 'SEO title'],
  seoDescription: ['SEO Description', 'SEO description'],
  option1Name: ['Option1 Name', 'Option1 name'],
  option1Value: ['Option1 Value', 'Option1 value'],
  option2Name: ['Option2 Name', 'Option2 name'],
  option2Value: ['Option2 Value', 'Option2 value'],
  option3Name: ['Option3 Name', 'Option3 name'],
  option3Value: ['Option3 Value', 'Option3 value'],
} as const;

export type ShopifyColumn = keyof typeof COLUMNS;

/** Where a column stands in a header; -1 when it is not there. */
export type ShopifyPlaces = Readonly<Record<ShopifyColumn, number>>;

export function placesOf(header: readonly string[]): ShopifyPlaces {
  const names = header.map((name) => name.trim());
  const place = (column: ShopifyColumn): number => names.findIndex((name) => COLUMNS[column].some((known) => known === name));
  return Object.fromEntries(Object.keys(COLUMNS).map((column) => [column, place(column as ShopifyColumn)])) as ShopifyPlaces; // all of them
}

/** What only an export of products has beside the handle. */
const TELLTALES = ['Body (HTML)', 'Variant SKU', 'Variant Price', 'Option1 Value', 'Option1 value', 'Product image URL'];

/** Whether a header can be nothing but that of a product export. */
export function isProductExport(header: readonly string[]): boolean {
  const { handle, title } = placesOf(header);
  return handle >= 0 && title >= 0 && TELLTALES.filter((name) => header.includes(name)).length >= 2;
}

/** The header's own name of a column, or the one that Shopify gives it. */
export const nameIn = (header: readonly string[], column: ShopifyColumn): string =>
  header[placesOf(header)[column]]?.trim() ?? COLUMNS[column][0];

/** The label of a metafield that a shop has defined, like `Fabric (product.metafields.custom.fabric)`; those of apps are not for readers. */
export const metafieldLabel = (column: string): string | undefined =>
  /^(.+) \(product\.metafields\.(?:shopify|custom)\.[\w-]+\)$/.exec(column.trim())?.[1];
