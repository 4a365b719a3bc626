import Anthropic from '@anthropic-ai/sdk';
import { Agent, fetch as undiciFetch } from 'undici';

import { createProcessLimits, type RateLimits } from './limits';
import { createPromptTurns, type PromptTurns } from './prompt-turns';
import { createRedact, type Redact } from './redact';

/** The one connection of a process to the Claude API. */
export interface Claude {
  readonly sdk: Anthropic;
  readonly baseUrl: string;
  /** True when the other end is the simulator: only then calls are tagged on the wire. */
  readonly simulated: boolean;
  readonly limits: RateLimits;
  readonly promptTurns: PromptTurns;
  /** For every text that leaves: errors of the SDK may quote the key. */
  readonly redact: Redact;
  /** Closes the kept connections; open requests break off. */
  close(): Promise<void>;
}

export interface ClaudeOptions {
  /** Always given, so that nothing is picked up from a profile on disk. */
  readonly apiKey: string;
  /** @default the public API */
  readonly baseUrl?: string;
  /** @default false */
  readonly simulated?: boolean;
  /** Most requests on the wire at once; more wait for a connection. @default 1000 */
  readonly connections?: number;
  /** Milliseconds to wait for the response headers. @default 120000 */
  readonly headersTimeoutMs?: number;
  /** Milliseconds that an open stream may be silent; `ping` counts as a sign of life. @default 90000 */
  readonly idleTimeoutMs?: number;
  /** @default one per process, which remembers 429 answers */
  readonly limits?: RateLimits;
  /** @default one per process */
  readonly promptTurns?: PromptTurns;
}

export const CLAUDE_DEFAULTS = { connections: 1_000, headersTimeoutMs: 120_000, idleTimeoutMs: 90_000 } as const;
const KEEP_ALIVE_MS = 30_000;
const PUBLIC_API = 'https://api.anthropic.com';

/**
 * Makes the client. Retries are Temporal's: the SDK's own are off.
 * @throws Error when it is to be simulated and no simulator is named: what Claude answers must not pass for made up.
 */
export function createClaude(options: ClaudeOptions): Claude {
  const headersTimeoutMs = options.headersTimeoutMs ?? CLAUDE_DEFAULTS.headersTimeoutMs;
  const idleTimeoutMs = options.idleTimeoutMs ?? CLAUDE_DEFAULTS.idleTimeoutMs;
  const baseUrl = options.baseUrl ?? PUBLIC_API;
  if (options.simulated === true && new URL(baseUrl).origin === PUBLIC_API) {
    throw new Error(
      'Cannot simulate Claude: TROUPE_SIMULATED is 1 and ANTHROPIC_BASE_URL names no simulator; set it, or unset TROUPE_SIMULATED',
    );
  }
  const dispatcher = new Agent({
    connections: options.connections ?? CLAUDE_DEFAULTS.connections,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // The SDK's timeout speaks first; this one is for a server that it does not see.
    headersTimeout: headersTimeoutMs * 2,
    // Watches the bytes of the stream, so that pings count, which the SDK swallows.
    bodyTimeout: idleTimeoutMs,
  });
  const sdk = new Anthropic({
    apiKey: options.apiKey,
    authToken: null,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: headersTimeoutMs,
    // Failures are told by what they are classified as; the SDK would print pieces of answers into the log of calls.
    logLevel: 'off',
    // fetch and dispatcher of one package: Node's own fetch may speak another dispatcher protocol. The types of the two
    // fetches differ only in how they spell the same web types.
    fetch: undiciFetch as unknown as typeof fetch,
    fetchOptions: { dispatcher } as never,
  });
  return {
    sdk,
    baseUrl,
    simulated: options.simulated ?? false,
    limits: options.limits ?? createProcessLimits(),
    promptTurns: options.promptTurns ?? createPromptTurns(),
    redact: createRedact(options.apiKey),
    close: () => dispatcher.destroy(),
  };
}
