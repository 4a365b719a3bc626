import type { PipelineResult } from '../../common/pipelines/types';
import type { ToolOutput } from '../run/tools';

/** A review as an agent reads it. */
export interface GivenReview {
  /** Ours, short: what a shop calls a listing is nothing for a prompt. */
  readonly id: string;
  readonly rating: number;
  readonly title?: string;
  readonly text: string;
}

/** The point of a review stands at its beginning. */
const REVIEW_CHARACTERS = 500;

/** Reviews numbered and cut to what an agent needs of them. */
export function givenReviews(reviews: ToolOutput<'shopReviews'>['reviews']): GivenReview[] {
  return reviews.map(({ rating, title, text }, at) => ({
    id: `r${at + 1}`,
    rating,
    ...(title !== undefined && { title: title.slice(0, REVIEW_CHARACTERS) }),
    text: text.slice(0, REVIEW_CHARACTERS),
  }));
}

interface Claimed {
  readonly point: string;
  readonly reviewIds: readonly string[];
}

/** Points that rest on reviews which exist, those made most often first. */
export function groundedIn(
  reviews: readonly GivenReview[],
  { praised, missed }: { readonly praised: readonly Claimed[]; readonly missed: readonly Claimed[] },
): PipelineResult<'productLaunch'>['insights'] {
  const known = new Set(reviews.map(({ id }) => id));
  const grounded = (points: readonly Claimed[]) =>
    points
      .map(({ point, reviewIds }) => ({ point, mentions: new Set(reviewIds.filter((id) => known.has(id))).size }))
      .filter(({ mentions }) => mentions > 0)
      .sort((a, b) => b.mentions - a.mentions);
  return { praised: grounded(praised), missed: grounded(missed) };
}
