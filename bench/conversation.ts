import { performance } from 'node:perf_hooks';

import { measureGrowth, RESULT_CHARACTERS, startGrowthRig, type Growth } from '../test/helpers/conversation-growth';

export interface ConversationReport {
  /** Characters of each result of a tool. */
  readonly resultCharacters: number;
  /** Shortest conversation first. */
  readonly growth: ReadonlyArray<Growth & { readonly seconds: number }>;
  /** Bytes of history a call in the longest conversation over those in the shortest one; 1 when growth is linear. */
  readonly ratio: number;
}

const CALLS = [100, 300, 1_000];

/** Conversations of an agent with a tool, one after the other, in this process on a server of their own. */
export async function measureConversation(say: (line: string) => void): Promise<ConversationReport> {
  const rig = await startGrowthRig();
  try {
    const growth: Array<Growth & { seconds: number }> = [];
    for (const calls of CALLS) {
      say(`Conversation: ${calls} calls of a tool`);
      const startedAt = performance.now();
      growth.push({ ...(await measureGrowth(rig, calls)), seconds: (performance.now() - startedAt) / 1_000 });
    }
    const perCall = growth.map(({ calls, bytes }) => bytes / calls);
    return { resultCharacters: RESULT_CHARACTERS, growth, ratio: (perCall.at(-1) ?? NaN) / (perCall[0] ?? NaN) };
  } finally {
    await rig.close();
  }
}
