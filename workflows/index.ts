/** The Workflow Types. Names are history: rename by adding, keep the old one until no open run uses it. */
export { article } from './pipelines/article';
export { ask } from './pipelines/ask';
export { batchJob } from './pipelines/batch-job';
export { brief } from './pipelines/brief';
export { competitorReport } from './pipelines/competitor-report';
export { crew } from './pipelines/crew';
export { customerQuery } from './pipelines/customer-query';
export { goal } from './pipelines/goal';
export { groupChat } from './pipelines/group-chat';
export { listing } from './pipelines/listing';
export { newsroom } from './pipelines/newsroom';
export { oneAgent } from './pipelines/one-agent';
export { parallelResearch } from './pipelines/parallel-research';
export { reportSection } from './pipelines/report-section';
export { productLaunch } from './pipelines/product-launch';
export { researchWriteReview } from './pipelines/research-write-review';
export { stages } from './pipelines/stages';
