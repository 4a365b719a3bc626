import { z } from 'zod';

import type { RowOrigin } from '../../common/job';
import { productLaunch } from '../../common/pipelines/product-launch';
import { SIMULATED_MARK } from '../simulated-mark';
import { bodyHtml } from './body-html';
import { placesOf, type ShopifyColumn } from './columns';

const { title, description, bullets, metaDescription, keywordsUsed, findings } = productLaunch.result.shape;
/** The part of a result that goes into a shop, and what a person should look at before. */
const pageSchema = z.object({ title, description, bullets, metaDescription, keywordsUsed, findings });

export type ShopifyOrigin = Extract<RowOrigin, { format: 'shopify' }>;

/** What is done of a product, and whether the simulator wrote it. */
export interface WrittenProduct {
  readonly origin: ShopifyOrigin;
  readonly result: unknown;
  readonly simulated: boolean;
}

/** The lines of a product with the texts that were written for it; every other cell is as it was. */
export function productLines({ origin, result, simulated }: WrittenProduct): string[][] {
  const page = pageSchema.parse(result);
  const places = placesOf(origin.columns);
  const [first = []] = origin.lines;
  const written: ReadonlyArray<readonly [ShopifyColumn, string]> = [
    ['title', harmless(page.title)],
    ['body', bodyHtml({ paragraphs: [...(simulated ? [SIMULATED_MARK] : []), page.description], bullets: page.bullets })],
    ['seoTitle', harmless(page.title)],
    ['seoDescription', harmless(page.metaDescription)],
    ['tags', harmless(withTags(first[places.tags] ?? '', page.keywordsUsed))],
  ];
  return origin.lines.map((line, number) => {
    const cells = [...line];
    for (const [column, text] of written) {
      const at = places[column];
      // Some tools repeat what is true of the whole product in every line.
      const repeated = line[at] !== '' && line[at] === first[at];
      if (at >= 0 && (number === 0 || repeated)) cells[at] = text;
    }
    return cells;
  });
}

/** What a person should look at before a product is imported; empty when its texts are ready. */
export function openFindings(result: unknown): z.output<typeof findings> {
  return pageSchema.parse(result).findings.filter(({ settled }) => settled === 'open');
}

/** Shops sort by their tags: those that are there stay. */
function withTags(tags: string, keywords: readonly string[]): string {
  const known = tags.split(',').map((tag) => tag.trim().toLowerCase());
  const fresh = keywords.map((keyword) => keyword.replaceAll(/\s*,\s*/g, ' ')).filter((keyword) => !known.includes(keyword.toLowerCase()));
  return [...(tags.trim() === '' ? [] : [tags]), ...fresh].join(', ');
}

/** Spreadsheets run a text that begins so as a formula. Shopify takes spaces around a text away, so here one makes it a text. */
const harmless = (text: string): string => (/^[=+\-@\t\r\n\0＝＋－＠]/.test(text) ? ` ${text}` : text);
