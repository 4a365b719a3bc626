import { z } from 'zod';

import { SHOP_TEXT, shopReview, type ShopReview } from '../shop-schema';
import { htmlText } from './html-text';
import { fetchRows, type HttpJsonConfig, type HttpJsonRows, type HttpJsonShape } from './http-json';
import { plainLine } from './plain-text';

/** What the address of a service for reviews may ask with, and which fields of its rows become a review. */
export const REVIEW_SHAPE = {
  placeholders: ['query', 'listingId', 'listingIds', 'limit'],
  required: { rating: 'number', text: 'text' },
  optional: { listingId: 'text', title: 'text', date: 'date' },
} as const satisfies HttpJsonShape;

const row = shopReview.extend({
  listingId: z
    .string()
    .transform((id) => plainLine(id, SHOP_TEXT.name))
    .optional(),
  title: z
    .string()
    .transform((title) => htmlText(title, SHOP_TEXT.name).replaceAll('\n', ' '))
    .optional(),
  text: z
    .string()
    .transform((text) => htmlText(text, SHOP_TEXT.review))
    .pipe(z.string().min(1)),
});

/** Requests at the same time when a service is asked for one listing after another. */
const AT_ONCE = 4;

export interface HttpReviewsRequest {
  readonly config: HttpJsonConfig;
  readonly tool: string;
  readonly query: string;
  readonly listingIds?: readonly string[] | undefined;
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface HttpReviews {
  readonly reviews: readonly ShopReview[];
  readonly skipped: number;
  readonly source: string;
}

/**
 * Asks a service for reviews: with `{listingId}` in its address once for each listing, otherwise once for all. Of the answer only
 * reviews of the listings asked for are taken, when there are any.
 * @throws ToolFailed as `fetchRows` does
 */
export async function fetchHttpReviews(request: HttpReviewsRequest): Promise<HttpReviews> {
  const { config, listingIds } = request;
  const asks = (placeholder: string) => [config.url, ...Object.values(config.query)].some((text) => text.includes(placeholder));
  if (listingIds === undefined) return summed(config, [await ask(request, {})]);
  if (asks('{listingId}')) return summed(config, await askOneByOne(request, [...new Set(listingIds)]));
  const answer = await ask(request, { listingIds: listingIds.join(',') });
  // A service that was not asked for these listings may answer with reviews of any.
  const answersTheseOnly = asks('{listingIds}');
  const wanted = ({ listingId }: ShopReview) => (listingId === undefined ? answersTheseOnly : listingIds.includes(listingId));
  return summed(config, [{ ...answer, rows: answer.rows.filter(wanted) }]);
}

async function askOneByOne(request: HttpReviewsRequest, ids: readonly string[]): Promise<Array<HttpJsonRows<ShopReview>>> {
  const answers: Array<HttpJsonRows<ShopReview>> = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE).map(async (listingId) => {
      const answer = await ask(request, { listingId });
      return { ...answer, rows: answer.rows.map((review) => ({ ...review, listingId })) };
    });
    answers.push(...(await Promise.all(some)));
  }
  return answers;
}

async function ask({ tool, config, query, limit, signal }: HttpReviewsRequest, ids: Readonly<Record<string, string>>) {
  return fetchRows({ tool, config, shape: REVIEW_SHAPE, values: { query, limit, ...ids }, row, signal });
}

function summed({ source }: HttpJsonConfig, answers: ReadonlyArray<HttpJsonRows<ShopReview>>): HttpReviews {
  return {
    reviews: answers.flatMap(({ rows }) => rows),
    skipped: answers.reduce((sum, { skipped }) => sum + skipped, 0),
    source: answers[0]?.source ?? source ?? '',
  };
}
