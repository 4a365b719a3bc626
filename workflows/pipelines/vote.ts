import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { reasonOf } from '../patterns/step-failure';
import { variantsOf, type Variant } from '../patterns/variants';
import { vote as elect } from '../patterns/vote';
import { agents } from '../run/agents';
import { degrade } from '../run/degrade';
import { failFast } from '../run/fail-fast';
import { stage } from '../run/stage';

const USUAL_VOTERS = 5;

/**
 * Vote.
 *
 *   voter × n, in parallel → count → winner, distribution, every vote
 */
export async function vote(input: PipelineInput<'vote'>): Promise<PipelineResult<'vote'>> {
  const { question, options, perspectives, voters = Math.max(USUAL_VOTERS, perspectives.length) } = input;
  const { winner, decidedBy, distribution, ballots } = await stage('vote', () =>
    failFast((cancelRest) =>
      elect(
        variantsOf(perspectives, voters),
        {
          choices: options,
          cast: (voter) =>
            agents.voter({ question, options, perspective: voter.instruction }, { label: labelOf(voter), sample: voter.sample }),
        },
        { cancelRest, onLost: (voter, error) => degrade(`voter/${labelOf(voter)}`, error, 'a count without this vote') },
      ),
    ),
  );
  const votes = ballots.map((ballot) => ({
    voter: ballot.voter.index + 1,
    perspective: ballot.voter.instruction,
    choice: ballot.answer?.choice ?? null,
    reason: ballot.answer?.reason ?? null,
    lost: ballot.status === 'lost' ? reasonOf(ballot.error) : null,
  }));
  return { winner, decidedBy, distribution: [...distribution], votes };
}

const labelOf = ({ index }: Variant): string => `${index + 1}`;
