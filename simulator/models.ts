/** What the simulator knows of a model. Rates of tokens are round figures for demonstration, not measurements. */
export interface SimulatedModel {
  readonly id: string;
  readonly displayName: string;
  /** Models of one class share their rate limits. */
  readonly limitClass: string;
  /** Row of the rate-limit table. */
  readonly limitRow: 'standard' | 'fable';
  readonly contextWindow: number;
  readonly maxOutputTokens: number;
  readonly createdAt: string;
  /** Shortest prefix, in tokens, that is cached. */
  readonly cacheMinimum: number;
  readonly thinking: readonly ThinkingType[];
  /** Whether it thinks when the request says nothing. */
  readonly thinksByDefault: boolean;
  readonly defaultEffort: 'medium' | 'high';
  readonly forcedTools: boolean;
  /** Whether the last message may be the assistant's. */
  readonly prefill: boolean;
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
  /** Announced end of life, or null. */
  readonly retiresAt: string | null;
}

export type ThinkingType = 'adaptive' | 'enabled' | 'disabled' | 'between_tools';

type Family = Pick<SimulatedModel, 'limitRow' | 'firstTokenMs' | 'tokensPerSecond'>;

const FAMILIES = {
  haiku: { limitRow: 'standard', firstTokenMs: 300, tokensPerSecond: 180 },
  sonnet: { limitRow: 'standard', firstTokenMs: 600, tokensPerSecond: 90 },
  opus: { limitRow: 'standard', firstTokenMs: 900, tokensPerSecond: 60 },
  fable: { limitRow: 'fable', firstTokenMs: 1_500, tokensPerSecond: 40 },
} as const satisfies Record<string, Family>;

type Spec = Partial<SimulatedModel> & Pick<SimulatedModel, 'createdAt' | 'cacheMinimum' | 'thinking'>;

function model(id: string, family: keyof typeof FAMILIES, spec: Spec): SimulatedModel {
  const [, name = '', ...version] = id.replace(/-\d{8}$/, '').split('-');
  return {
    id,
    displayName: `Claude ${name[0]?.toUpperCase()}${name.slice(1)} ${version.join('.')}`,
    limitClass: id,
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    thinksByDefault: spec.thinking[0] === 'adaptive',
    defaultEffort: 'high',
    forcedTools: true,
    prefill: false,
    retiresAt: null,
    ...FAMILIES[family],
    ...spec,
  };
}

const ADAPTIVE_ONLY = ['adaptive'] as const;
const OPTIONAL = ['adaptive', 'disabled'] as const;
const BUDGETED = ['disabled', 'enabled'] as const;
const OLD = { contextWindow: 200_000, maxOutputTokens: 64_000, prefill: true, thinksByDefault: false, thinking: BUDGETED } as const;
const SONNET_4_5 = {
  ...OLD,
  createdAt: '2025-09-29T00:00:00Z',
  cacheMinimum: 1_024,
  limitClass: 'claude-sonnet-4',
  retiresAt: '2026-11-30T00:00:00Z',
};
const OPUS_4_5 = { ...OLD, createdAt: '2025-11-01T00:00:00Z', cacheMinimum: 4_096, limitClass: 'claude-opus-4' };
const HAIKU_4_5 = { ...OLD, createdAt: '2025-10-01T00:00:00Z', cacheMinimum: 4_096 };

const LIST: readonly SimulatedModel[] = [
  model('claude-fable-5-2', 'fable', {
    createdAt: '2026-11-09T00:00:00Z',
    cacheMinimum: 512,
    thinking: ADAPTIVE_ONLY,
    forcedTools: false,
    limitClass: 'claude-fable-5',
  }),
  model('claude-haiku-5-5', 'haiku', { createdAt: '2026-10-07T00:00:00Z', cacheMinimum: 512, thinking: OPTIONAL, defaultEffort: 'medium' }),
  model('claude-sonnet-5-5', 'sonnet', {
    createdAt: '2026-09-22T00:00:00Z',
    cacheMinimum: 512,
    thinking: ['adaptive', 'between_tools'],
    forcedTools: false,
  }),
  model('claude-opus-5-5', 'opus', {
    createdAt: '2026-09-22T00:00:00Z',
    cacheMinimum: 512,
    thinking: ADAPTIVE_ONLY,
    forcedTools: false,
    defaultEffort: 'medium',
  }),
  model('claude-fable-5-1', 'fable', {
    createdAt: '2026-08-18T00:00:00Z',
    cacheMinimum: 512,
    thinking: ADAPTIVE_ONLY,
    forcedTools: false,
    limitClass: 'claude-fable-5',
  }),
  model('claude-opus-5', 'opus', { createdAt: '2026-06-09T00:00:00Z', cacheMinimum: 512, thinking: OPTIONAL }),
  model('claude-sonnet-5', 'sonnet', { createdAt: '2026-05-12T00:00:00Z', cacheMinimum: 1_024, thinking: OPTIONAL }),
  model('claude-opus-4-8', 'opus', {
    createdAt: '2026-04-14T00:00:00Z',
    cacheMinimum: 1_024,
    thinking: OPTIONAL,
    limitClass: 'claude-opus-4',
  }),
  model('claude-opus-4-7', 'opus', {
    createdAt: '2026-03-10T00:00:00Z',
    cacheMinimum: 2_048,
    thinking: OPTIONAL,
    limitClass: 'claude-opus-4',
  }),
  model('claude-opus-4-6', 'opus', {
    createdAt: '2026-02-05T00:00:00Z',
    cacheMinimum: 4_096,
    thinking: ['disabled', 'enabled', 'adaptive'],
    thinksByDefault: false,
    limitClass: 'claude-opus-4',
  }),
  model('claude-sonnet-4-6', 'sonnet', {
    createdAt: '2026-02-17T00:00:00Z',
    cacheMinimum: 1_024,
    thinking: ['disabled', 'enabled', 'adaptive'],
    thinksByDefault: false,
    limitClass: 'claude-sonnet-4',
  }),
  model('claude-opus-4-5', 'opus', OPUS_4_5),
  model('claude-opus-4-5-20251101', 'opus', OPUS_4_5),
  model('claude-haiku-4-5', 'haiku', HAIKU_4_5),
  model('claude-haiku-4-5-20251001', 'haiku', HAIKU_4_5),
  model('claude-sonnet-4-5', 'sonnet', SONNET_4_5),
  model('claude-sonnet-4-5-20250929', 'sonnet', SONNET_4_5),
];

/** By exact id; newest first. */
export const MODELS: ReadonlyMap<string, SimulatedModel> = new Map(LIST.map((entry) => [entry.id, entry]));

const leaf = (supported: boolean) => ({ supported });

/** A model as `GET /v1/models/{id}` shows it. */
export function describeModel(entry: SimulatedModel): Record<string, unknown> {
  return {
    type: 'model',
    id: entry.id,
    display_name: entry.displayName,
    created_at: entry.createdAt,
    lifecycle: entry.retiresAt === null ? 'active' : 'deprecated',
    deprecated_at: null,
    retires_at: entry.retiresAt,
    line: entry.id.split('-')[1] ?? null,
    max_input_tokens: entry.contextWindow,
    max_tokens: entry.maxOutputTokens,
    capabilities: {
      batch: leaf(true),
      citations: leaf(true),
      code_execution: leaf(true),
      context_management: leaf(true),
      effort: { ...leaf(true), low: leaf(true), medium: leaf(true), high: leaf(true), xhigh: leaf(true), max: leaf(true) },
      image_input: leaf(true),
      pdf_input: leaf(true),
      server_tools: leaf(true),
      structured_outputs: leaf(true),
      thinking: {
        ...leaf(true),
        types: Object.fromEntries(
          (['adaptive', 'between_tools', 'disabled', 'enabled'] as const).map((type) => [type, leaf(entry.thinking.includes(type))]),
        ),
      },
    },
  };
}
