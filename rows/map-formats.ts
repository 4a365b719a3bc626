import type { MapFormat } from '../common/job';
import type { PipelineName } from '../common/pipelines';

/** A ready map. */
export type ReadyMap = Exclude<MapFormat, 'plain'>;

/** The pipeline that a ready map fills, the kinds of file it reads, and what it is called. */
export const READY_MAPS = {
  shopify: { pipeline: 'productLaunch', files: ['csv'], what: 'a product export of Shopify' },
  reso: { pipeline: 'listing', files: ['json', 'jsonl'], what: 'properties with the field names of RESO' },
} as const satisfies Record<ReadyMap, { pipeline: PipelineName; files: readonly string[]; what: string }>;
