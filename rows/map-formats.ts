import type { PipelineName } from '../common/pipelines';

/** How rows are read: `plain` by the names of their columns or fields, the others by a ready map of another system's names. */
export const MAP_FORMATS = ['plain', 'shopify', 'reso'] as const;
export type MapFormat = (typeof MAP_FORMATS)[number];

/** A ready map. */
export type ReadyMap = Exclude<MapFormat, 'plain'>;

/** The pipeline that a ready map fills, the kinds of file it reads, and what it is called. */
export const READY_MAPS = {
  shopify: { pipeline: 'productLaunch', files: ['csv'], what: 'a product export of Shopify' },
  reso: { pipeline: 'listing', files: ['json', 'jsonl'], what: 'properties with the field names of RESO' },
} as const satisfies Record<ReadyMap, { pipeline: PipelineName; files: readonly string[]; what: string }>;
