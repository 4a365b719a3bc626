import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { debate as argue } from '../patterns/debate';
import { agents, type AgentOutput } from '../run/agents';
import { degrade } from '../run/degrade';
import { stage } from '../run/stage';

const CRITICS = { fast: 'fastCritic', balanced: 'critic', best: 'bestCritic' } as const;

/**
 * Debate.
 *
 *   proposer → draft → critic ── no blocking point ──→ settled
 *                ↑        │
 *                └ reviser┘ up to N rounds
 */
export async function debate({ task, rounds: most, criticTier }: PipelineInput<'debate'>): Promise<PipelineResult<'debate'>> {
  const critic = CRITICS[criticTier];
  const ended = await argue<string, AgentOutput<'critic'>>(
    {
      propose: () => stage('proposal', async () => (await agents.proposer({ task })).text),
      criticise: (draft, round) => stage(nameOf(round), () => agents[critic]({ task, draft }, { label: nameOf(round) })),
      revise: (draft, { blocking, minor }, earlier) => {
        const round = nameOf(earlier.length + 1);
        const settledBefore = earlier.flatMap(({ critique }) => critique.blocking);
        return stage(round, async () => (await agents.reviser({ task, draft, blocking, minor, settledBefore }, { label: round })).text);
      },
    },
    { rounds: most, ifStepFails: 'keep draft' },
  );
  const { status, draft: text, rounds } = ended;
  if (status === 'broken off') {
    const step = ended.step === 'revise' ? `reviser/${nameOf(rounds.length)}` : `${critic}/${nameOf(rounds.length + 1)}`;
    degrade(step, ended.error, 'the draft as it stands');
  }
  return {
    text,
    settled: status === 'settled',
    rounds: rounds.map(({ round, draft, critique: { blocking, minor }, revised }) => ({ round, draft, blocking, minor, revised })),
  };
}

const nameOf = (round: number): string => `round ${round}`;
