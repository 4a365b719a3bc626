import { article } from './article';
import { ask } from './ask';
import { batchFiles } from './batch-files';
import { batchJob } from './batch-job';
import { bestOf } from './best-of';
import { brief } from './brief';
import { competitorReport } from './competitor-report';
import { crew } from './crew';
import { customerQuery } from './customer-query';
import { debate } from './debate';
import { goal } from './goal';
import { groupChat } from './group-chat';
import { listing } from './listing';
import { newsroom } from './newsroom';
import { oneAgent } from './one-agent';
import { parallelResearch } from './parallel-research';
import { reportSection } from './report-section';
import { productLaunch } from './product-launch';
import { researchWriteReview } from './research-write-review';
import { stages } from './stages';
import { vote } from './vote';

/** Every pipeline that can be started by name. A test keeps it equal to the exports of `workflows/index.ts`. */
export const pipelines = {
  brief,
  researchWriteReview,
  parallelResearch,
  article,
  stages,
  ask,
  newsroom,
  oneAgent,
  customerQuery,
  goal,
  groupChat,
  crew,
  bestOf,
  vote,
  debate,
  competitorReport,
  reportSection,
  listing,
  productLaunch,
  batchJob,
  batchFiles,
} as const;

/** Pipelines that work on the rows of others, so that no row can go through them. */
export const NOT_FOR_ROWS: readonly string[] = ['batchJob', 'batchFiles'];

export type Pipelines = typeof pipelines;
export type PipelineName = keyof Pipelines;
