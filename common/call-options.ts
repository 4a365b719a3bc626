import type { ModelTier } from './call';
import type { ServerToolUses } from './pricing';
import { slowTurnMs, type Placement } from './routing';

/** What the workflow must know of an agent before it can schedule its activity. Plain data, tested equal to the registry. */
export interface AgentCallOptions extends Placement {
  readonly tier: ModelTier;
  /** Tokens of the visible answer; the transport adds headroom for thinking. */
  readonly maxTokens: number;
  /** Limit of the call with all its attempts: its deadline. */
  readonly scheduleToCloseMs: number;
  /** Whether it has tools, so that a call of it is a conversation. @default false */
  readonly converses?: boolean;
  /** Model turns of a conversation. @default DEFAULT_MAX_TURNS */
  readonly maxTurns?: number;
  /** The most uses of Claude's own tools in one model turn. @default none */
  readonly serverTools?: ServerToolUses;
}

const MINUTE = 60_000;

/** Defaults of an agent: five minutes an attempt, a day in all, for waits on rate limits and outages count as well. */
export const CALL_DEFAULTS = { startToCloseMs: 5 * MINUTE, scheduleToCloseMs: 24 * 60 * MINUTE } as const;

const fast = (maxTokens: number): AgentCallOptions => ({ tier: 'fast', maxTokens, ...CALL_DEFAULTS });
const balanced = (maxTokens: number): AgentCallOptions => ({ tier: 'balanced', maxTokens, ...CALL_DEFAULTS });
const best = (maxTokens: number): AgentCallOptions => ({ tier: 'best', maxTokens, ...CALL_DEFAULTS });

/**
 * Every Activity Type that is an agent. Names are history: rename by adding, keep the old one until no open run uses it.
 */
export const CALL_OPTIONS = {
  researcher: fast(1_024),
  outliner: balanced(512),
  writer: balanced(4_096),
  title: fast(64),
  seo: fast(128),
  briefWriter: balanced(1_024),
  editor: balanced(4_096),
  synthesizer: balanced(2_048),
  analyst: { ...balanced(1_024), converses: true, maxTurns: 8 },
  deskRouter: fast(128),
  codeSpecialist: balanced(4_096),
  dataSpecialist: balanced(2_048),
  writingSpecialist: balanced(4_096),
  researchSpecialist: balanced(2_048),
  generalist: fast(1_024),
  newsRouter: fast(128),
  newsOutliner: balanced(512),
  newsBriefer: balanced(2_048),
  newsWriter: balanced(4_096),
  factChecker: balanced(2_048),
  copyEditor: balanced(2_048),
  queryClassifier: fast(128),
  productSpecialist: fast(512),
  pricingSpecialist: fast(256),
  productAdviser: balanced(1_024),
  pricingAdviser: balanced(1_024),
  careAdviser: balanced(1_024),
  goalPlanner: balanced(2_048),
  goalSynthesizer: balanced(4_096),
  chatModerator: fast(256),
  crewManager: fast(128),
  crewReviewer: balanced(256),
  listingAnalyst: fast(512),
  mlsWriter: balanced(4_096),
  captionWriter: fast(512),
  highlightWriter: fast(1_024),
  fairHousingReviewer: balanced(1_024),
  brandReviewer: fast(1_024),
  reviewAnalyst: fast(768),
  launchCopywriter: balanced(1_536),
  launchSeo: fast(192),
  launchPricer: fast(256),
  launchQa: balanced(1_024),
  competitorScout: { ...fast(2_048), serverTools: { searches: 3, fetches: 0 } },
  competitorResearcher: { ...fast(3_072), serverTools: { searches: 3, fetches: 2 } },
  pricingAnalyst: balanced(1_024),
  reportOutliner: balanced(12_288),
  sectionWriter: balanced(3_072),
  sectionEditor: balanced(3_072),
  candidateJudge: balanced(256),
  voter: fast(256),
  proposer: balanced(4_096),
  critic: balanced(1_536),
  fastCritic: fast(1_536),
  bestCritic: best(1_536),
  reviser: balanced(4_096),
} as const satisfies Record<string, AgentCallOptions>;

/** Roles made at run time go through this one Activity Type; tier and tokens come with the role. */
export const DYNAMIC_AGENT = 'agent';

/** Limits of a role made at run time: an attempt has the usual time, or as much as its tokens may take. */
export function roleLimits({ tier = 'balanced', model, maxTokens }: SizedRole): AgentCallOptions {
  // Nothing is known of a model that was named, so it is taken as a slow one.
  const slowMs = slowTurnMs({ tier: model === undefined ? tier : 'best', maxTokens });
  return { tier, maxTokens, ...CALL_DEFAULTS, startToCloseMs: Math.max(CALL_DEFAULTS.startToCloseMs, slowMs) };
}

interface SizedRole {
  readonly tier?: ModelTier | undefined;
  readonly model?: string | undefined;
  readonly maxTokens: number;
}

export type AgentName = keyof typeof CALL_OPTIONS;
