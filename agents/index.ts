import { analyst } from './analyst';
import { candidateJudge } from './best-of/candidate-judge';
import { briefWriter } from './brief-writer';
import { chatModerator } from './chat-moderator';
import { competitorResearcher } from './competitors/competitor-researcher';
import { competitorScout } from './competitors/competitor-scout';
import { pricingAnalyst } from './competitors/pricing-analyst';
import { reportOutliner } from './competitors/report-outliner';
import { sectionEditor } from './competitors/section-editor';
import { sectionWriter } from './competitors/section-writer';
import { crewManager } from './crew/crew-manager';
import { crewReviewer } from './crew/crew-reviewer';
import { bestCritic } from './debate/best-critic';
import { critic } from './debate/critic';
import { fastCritic } from './debate/fast-critic';
import { proposer } from './debate/proposer';
import { reviser } from './debate/reviser';
import { codeSpecialist } from './desk/code-specialist';
import { dataSpecialist } from './desk/data-specialist';
import { deskRouter } from './desk/desk-router';
import { generalist } from './desk/generalist';
import { researchSpecialist } from './desk/research-specialist';
import { writingSpecialist } from './desk/writing-specialist';
import { editor } from './editor';
import { brandReviewer } from './listing/brand-reviewer';
import { captionWriter } from './listing/caption-writer';
import { fairHousingReviewer } from './listing/fair-housing-reviewer';
import { highlightWriter } from './listing/highlight-writer';
import { listingAnalyst } from './listing/listing-analyst';
import { mlsWriter } from './listing/mls-writer';
import { copyEditor } from './newsroom/copy-editor';
import { factChecker } from './newsroom/fact-checker';
import { newsBriefer } from './newsroom/news-briefer';
import { newsOutliner } from './newsroom/news-outliner';
import { newsRouter } from './newsroom/news-router';
import { newsWriter } from './newsroom/news-writer';
import { goalPlanner } from './goal/goal-planner';
import { goalSynthesizer } from './goal/goal-synthesizer';
import { launchCopywriter } from './launch/launch-copywriter';
import { launchPricer } from './launch/launch-pricer';
import { launchQa } from './launch/launch-qa';
import { launchSeo } from './launch/launch-seo';
import { reviewAnalyst } from './launch/review-analyst';
import { outliner } from './outliner';
import { researcher } from './researcher';
import { seo } from './seo';
import { careAdviser } from './support/care-adviser';
import { pricingAdviser } from './support/pricing-adviser';
import { pricingSpecialist } from './support/pricing-specialist';
import { productAdviser } from './support/product-adviser';
import { productSpecialist } from './support/product-specialist';
import { queryClassifier } from './support/query-classifier';
import { synthesizer } from './synthesizer';
import { title } from './title';
import { voter } from './vote/voter';
import { writer } from './writer';

/**
 * The registry: every agent that workflows can call by name. The workflow side knows the same names from
 * `common/call-options.ts`; a test keeps the two equal.
 */
export const agents = {
  researcher,
  outliner,
  writer,
  title,
  seo,
  briefWriter,
  editor,
  synthesizer,
  analyst,
  deskRouter,
  codeSpecialist,
  dataSpecialist,
  writingSpecialist,
  researchSpecialist,
  generalist,
  newsRouter,
  newsOutliner,
  newsBriefer,
  newsWriter,
  factChecker,
  copyEditor,
  queryClassifier,
  productSpecialist,
  pricingSpecialist,
  productAdviser,
  pricingAdviser,
  careAdviser,
  goalPlanner,
  goalSynthesizer,
  chatModerator,
  crewManager,
  crewReviewer,
  listingAnalyst,
  mlsWriter,
  captionWriter,
  highlightWriter,
  fairHousingReviewer,
  brandReviewer,
  reviewAnalyst,
  launchCopywriter,
  launchSeo,
  launchPricer,
  launchQa,
  competitorScout,
  competitorResearcher,
  pricingAnalyst,
  reportOutliner,
  sectionWriter,
  sectionEditor,
  candidateJudge,
  voter,
  proposer,
  critic,
  fastCritic,
  bestCritic,
  reviser,
} as const;

export type Agents = typeof agents;
