import type { Effort } from '../agents/define-agent';
import type { ModelTier } from '../common/call';
import type { Settings } from '../common/settings';

/** What a request to a model must respect. */
export interface ModelProfile {
  readonly id: string;
  /** Most that `max_tokens` may be. */
  readonly maxOutputTokens: number;
  /** A shorter prefix is silently not cached. */
  readonly cacheableFromTokens: number;
  /** Whether the model knows `output_config.effort`. */
  readonly takesEffort: boolean;
  /** Tokens that thinking may use on top of the visible answer; thinking counts as output. */
  readonly headroom: Readonly<Record<Effort, number>>;
}

export interface Models {
  forTier(tier: ModelTier): ModelProfile;
  byId(id: string): ModelProfile;
}

const THINKS = { low: 1_024, medium: 4_096, high: 16_384 } as const;
const DOES_NOT_THINK = { low: 0, medium: 0, high: 0 } as const;

const CURRENT = { maxOutputTokens: 128_000, cacheableFromTokens: 512, takesEffort: true, headroom: THINKS } as const;

/** Models that differ from the current generation. Any other id is taken as a current one. */
const EARLIER: Readonly<Record<string, Partial<Omit<ModelProfile, 'id'>>>> = {
  'claude-sonnet-5': { cacheableFromTokens: 1_024 },
  'claude-opus-4-8': { cacheableFromTokens: 1_024 },
  'claude-opus-4-7': { cacheableFromTokens: 2_048 },
  'claude-opus-4-6': { cacheableFromTokens: 4_096, headroom: DOES_NOT_THINK },
  'claude-sonnet-4-6': { maxOutputTokens: 64_000, cacheableFromTokens: 1_024, headroom: DOES_NOT_THINK },
  'claude-opus-4-5': { maxOutputTokens: 64_000, cacheableFromTokens: 4_096, headroom: DOES_NOT_THINK },
  'claude-sonnet-4-5': { maxOutputTokens: 64_000, cacheableFromTokens: 1_024, takesEffort: false, headroom: DOES_NOT_THINK },
  'claude-haiku-4-5': { maxOutputTokens: 64_000, cacheableFromTokens: 4_096, takesEffort: false, headroom: DOES_NOT_THINK },
};

function profileOf(id: string): ModelProfile {
  const alias = id.replace(/-\d{8}$/, '');
  return { ...CURRENT, ...EARLIER[alias], id };
}

type ModelSettings = Pick<Settings, 'TROUPE_MODEL_FAST' | 'TROUPE_MODEL_BALANCED' | 'TROUPE_MODEL_BEST'>;

/** The models behind our tiers, from the settings `TROUPE_MODEL_*`. */
export function createModels(settings: ModelSettings): Models {
  const tiers: Record<ModelTier, ModelProfile> = {
    fast: profileOf(settings.TROUPE_MODEL_FAST),
    balanced: profileOf(settings.TROUPE_MODEL_BALANCED),
    best: profileOf(settings.TROUPE_MODEL_BEST),
  };
  return { forTier: (tier) => tiers[tier], byId: profileOf };
}
