import { readCsv } from '../read-csv';
import { cannotRead } from '../row-limits';
import { placesOf } from './columns';

/** A product of an export: its first line, then those of its other variants and images. */
export interface ShopifyProduct {
  /** Line that it begins on, from 1. */
  readonly line: number;
  readonly header: readonly string[];
  readonly handle: string;
  readonly lines: ReadonlyArray<readonly string[]>;
}

/** What stands in the file where a product should. */
export interface NoProduct {
  readonly line: number;
  readonly problem: string;
}

/** Shopify takes 2,048 variants and 250 images of one product; more would have to be kept in memory. */
const MOST_LINES = 5_000;

interface Gathered {
  readonly line: number;
  readonly handle: string;
  readonly title: string;
  lines: Array<readonly string[]>;
  problem?: string;
}

/**
 * Reads a product export product by product. Lines belong to the product before them when they have its handle and no title of their own.
 * @throws TroupeError `invalid-input` as `readCsv` does, and when there is no column of handles or titles
 */
export async function* readProducts(file: string): AsyncGenerator<ShopifyProduct | NoProduct> {
  let product: Gathered | undefined;
  let header: readonly string[] = [];
  const begun = new Map<string, number>();
  for await (const row of readCsv(file, { exact: true })) {
    header = row.header;
    const { line, cells, problem } = row;
    const { handle: handleAt, title: titleAt } = placesIn(file, header);
    const handle = (cells[handleAt] ?? '').trim();
    const title = (cells[titleAt] ?? '').trim();
    if (problem !== undefined && (product === undefined || handle !== product.handle)) {
      // Nobody can say whether it was a line of the product before it.
      if (product !== undefined && handle === '') product.problem ??= `line ${line}, which may be one of its own, is broken: ${problem}`;
      yield { line, problem };
      continue;
    }
    if (product !== undefined && handle === product.handle && (title === '' || title === product.title)) {
      take(product, { line, cells, problem });
      continue;
    }
    if (product !== undefined) yield finished(product, header);
    product = undefined;
    const before = handle === '' ? undefined : begun.get(handle);
    if (before !== undefined)
      yield { line, problem: `its handle "${handle}" is that of line ${before}; the lines of a product must follow each other` };
    else {
      if (handle !== '') begun.set(handle, line);
      product = { line, handle, title, lines: [cells] };
    }
  }
  if (product !== undefined) yield finished(product, header);
}

function placesIn(file: string, header: readonly string[]) {
  const places = placesOf(header);
  if (places.handle < 0 || places.title < 0)
    throw cannotRead(
      file,
      `it is no product export of Shopify: it has no column "${places.handle < 0 ? 'Handle' : 'Title'}"`,
      'export the products as CSV, or leave --format out',
    );
  return places;
}

function take(product: Gathered, { line, cells, problem }: { line: number; cells: readonly string[]; problem: string | undefined }): void {
  if (problem !== undefined) product.problem ??= `its line ${line} is broken: ${problem}`;
  if (product.lines.length >= MOST_LINES) product.problem ??= `it has more than ${MOST_LINES} lines`;
  // What will not be used need not be kept.
  if (product.problem === undefined) product.lines.push(cells);
  else product.lines = [];
}

function finished({ line, handle, lines, problem }: Gathered, header: readonly string[]): ShopifyProduct | NoProduct {
  return problem === undefined ? { line, header, handle, lines } : { line, problem };
}
