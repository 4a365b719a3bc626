import { defineSearchAttributeKey } from '@temporalio/common';

/** Search attributes are never encrypted: ids, names and numbers only. */
export const TroupePipeline = defineSearchAttributeKey('TroupePipeline', 'KEYWORD');
export const TroupeStage = defineSearchAttributeKey('TroupeStage', 'KEYWORD');
export const TroupeJob = defineSearchAttributeKey('TroupeJob', 'KEYWORD');
export const TroupeCostUsd = defineSearchAttributeKey('TroupeCostUsd', 'DOUBLE');
export const TroupeRoute = defineSearchAttributeKey('TroupeRoute', 'KEYWORD');

/** Name and Temporal type of each, for registering them on a server. */
export const SEARCH_ATTRIBUTES = {
  TroupePipeline: 'Keyword',
  TroupeStage: 'Keyword',
  TroupeJob: 'Keyword',
  TroupeCostUsd: 'Double',
  TroupeRoute: 'Keyword',
} as const;
