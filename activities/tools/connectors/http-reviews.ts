import { z } from 'zod';

import { SHOP_TEXT, shopReview, type ShopReview } from '../shop-schema';
import { htmlText } from '../../../common/html-text';
import { fetchMapped, type HttpJsonConfig, type HttpJsonRows, type HttpJsonShape, readMapped } from './http-json';
import { plainLine } from '../../../common/plain-text';

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

/**
 * Asks a service for reviews: with `{listingId}` in its address once for each listing, otherwise once for all. Of the answer only
 * reviews of the listings asked for are taken, when there are any.
 * @throws ToolFailed as `fetchRows` does
 */
export async function fetchHttpReviews(request: HttpReviewsRequest): Promise<HttpJsonRows<ShopReview>> {
  const { config, listingIds } = request;
  const asks = (placeholder: string) => [config.url, ...Object.values(config.query)].some((text) => text.includes(placeholder));
  if (listingIds === undefined) return readMapped(await ask(request, {}), row, request);
  if (asks('{listingId}')) return readMapped(await askOneByOne(request, [...new Set(listingIds)]), row, request);
  const answer = readMapped(await ask(request, { listingIds: listingIds.join(',') }), row, request);
  // A service that was not asked for these listings may answer with reviews of any.
  const answersTheseOnly = asks('{listingIds}');
  const wanted = ({ listingId }: ShopReview) => (listingId === undefined ? answersTheseOnly : listingIds.includes(listingId));
  return { ...answer, rows: answer.rows.filter(wanted) };
}

/** All answers are judged as one: a listing whose only review cannot be read says nothing about the configuration. */
async function askOneByOne(request: HttpReviewsRequest, ids: readonly string[]): Promise<Array<Record<string, unknown>>> {
  const reviews: Array<Record<string, unknown>> = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE).map(async (listingId) => {
      const answer = await ask(request, { listingId });
      return answer.map((review) => ({ ...review, listingId }));
    });
    reviews.push(...(await Promise.all(some)).flat());
  }
  return reviews;
}

function ask({ tool, config, query, limit, signal }: HttpReviewsRequest, ids: Readonly<Record<string, string>>) {
  return fetchMapped({ tool, config, shape: REVIEW_SHAPE, values: { query, limit, ...ids }, signal });
}
