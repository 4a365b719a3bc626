import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { agents } from '../run/agents';
import { optional } from '../run/degrade';
import { tools, type ToolOutput } from '../run/tools';
import { givenReviews, groundedIn, type GivenReview } from './product-launch-insights';
import { comparablePrices, type CompetitorPrices } from './product-launch-prices';

type Input = PipelineInput<'productLaunch'>;
type Result = PipelineResult<'productLaunch'>;

/** What is known of comparable products. */
export interface Market {
  readonly competitors: CompetitorPrices | null;
  /** Whether its prices are sample data. */
  readonly samplePrices: boolean;
  readonly reviews: readonly GivenReview[];
  readonly sources: Result['sources'];
  /** What is remarkable, for the result: prices that were not used, for instance. */
  readonly notes: readonly string[];
}

const MOST_LISTINGS = 25;
const MOST_REVIEWS = 30;

/** Looks for comparable products by what buyers type. Either search may fail: the launch goes on with what the other has found. */
export async function research({ keywords, currency }: Input): Promise<Market> {
  const [query = ''] = keywords;
  const [shops, heard] = await Promise.all([
    optional<ToolOutput<'shopListings'> | null>(
      'shopListings',
      () => tools.shopListings({ query, limit: MOST_LISTINGS }),
      () => ({ value: null, instead: 'prices without competitors' }),
    ),
    optional<ToolOutput<'shopReviews'> | null>(
      'shopReviews',
      () => tools.shopReviews({ query, limit: MOST_REVIEWS }),
      () => ({ value: null, instead: 'texts without what buyers say' }),
    ),
  ]);
  const { competitors, notes } = comparablePrices(shops, currency);
  const reviews = givenReviews(heard?.reviews ?? []);
  const sources: Result['sources'] = [
    ...(shops === null ? [] : [{ ...sourceOf(shops), name: 'shopListings' as const, used: competitors?.count ?? 0 }]),
    ...(heard === null ? [] : [{ ...sourceOf(heard), name: 'shopReviews' as const, used: reviews.length }]),
  ];
  const samples = heard?.sample === true && reviews.length > 0 ? ['What buyers say is sample data of Troupe, of no real product'] : [];
  return { competitors, samplePrices: shops?.sample ?? false, reviews, sources, notes: [...notes, ...samples] };
}

const sourceOf = ({ source, sample }: { readonly source: string; readonly sample: boolean }) => ({ source, sample });

const NO_INSIGHTS: Result['insights'] = { praised: [], missed: [] };

/** What buyers praise and miss; nothing when nobody said anything. */
export async function listen({ keywords }: Input, reviews: Market['reviews']): Promise<Result['insights']> {
  if (reviews.length === 0) return NO_INSIGHTS;
  const [kind = ''] = keywords;
  return optional(
    'reviewAnalyst',
    async () => groundedIn(reviews, await agents.reviewAnalyst({ kind, reviews: [...reviews] })),
    () => ({ value: NO_INSIGHTS, instead: 'texts without what buyers say' }),
  );
}
