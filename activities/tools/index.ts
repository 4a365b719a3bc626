import { analyzeData } from './analyze-data';
import { shopListings } from './shop-listings';
import { shopReviews } from './shop-reviews';

/**
 * The registry: every tool that pipelines and agents can call by name. The workflow side knows the same names from
 * `common/tool-options.ts`; a test keeps the two equal.
 */
export const tools = { analyzeData, shopListings, shopReviews } as const;

export type Tools = typeof tools;
