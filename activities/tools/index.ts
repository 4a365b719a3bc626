import { analyzeData } from './analyze-data';
import { claimCheck } from './checks/claim-check';
import { fairHousingCheck } from './checks/fair-housing-check';
import { comparableSales } from './comparable-sales';
import { propertyRecord } from './property-record';
import { schoolRatings } from './school-ratings';
import { shopListings } from './shop-listings';
import { shopReviews } from './shop-reviews';
import { walkability } from './walkability';

/**
 * The registry: every tool that pipelines and agents can call by name. The workflow side knows the same names from
 * `common/tool-options.ts`; a test keeps the two equal.
 */
export const tools = {
  analyzeData,
  shopListings,
  shopReviews,
  propertyRecord,
  comparableSales,
  schoolRatings,
  walkability,
  fairHousingCheck,
  claimCheck,
} as const;

export type Tools = typeof tools;
