import { FailureType, failure } from '../../common/failures';
import { fanOut } from './fan-out';
import { quoted } from './quoted';
import type { Variant } from './variants';

/**
 * Vote: independent answers to one closed question; the choice with most ballots wins.
 *
 *   voter 1 → ballot ─┐
 *   voter 2 → ballot ─┼─→ count → (tie-break) → winner, distribution, every ballot
 *   voter n → ballot ─┘
 */
export interface Question<Choice extends string, Answer extends { readonly choice: string }> {
  /** The possible answers; their order settles ties unless `tieBreak` says otherwise. */
  readonly choices: readonly Choice[];
  /** One independent answer. Any other choice than those of the list is a lost ballot. */
  readonly cast: (voter: Variant) => Promise<Answer>;
}

/** Settles a tie: the earliest in the list of choices, or a function that picks one of the tied. */
export type TieBreak<Choice extends string, Answer> =
  | 'earliest'
  | ((tied: readonly Choice[], ballots: ReadonlyArray<Ballot<Choice, Answer>>) => Choice | Promise<Choice>);

export interface VoteOptions<Choice extends string, Answer> {
  /** How many ballots must count; at least 1. @default more than half of the voters */
  readonly atLeast?: number;
  /** How many vote at once. @default all */
  readonly concurrency?: number;
  /** @default 'earliest' */
  readonly tieBreak?: TieBreak<Choice, Answer>;
  /** Hears of each lost ballot while enough are left. */
  readonly onLost?: (voter: Variant, error: unknown) => void;
  /** Ends the votes still open when too many are lost. Without it they run to their end. */
  readonly cancelRest?: () => void;
}

/** What became of one vote. A lost ballot keeps its answer when there was one. */
export type Ballot<Choice extends string, Answer> =
  | { readonly voter: Variant; readonly status: 'counted'; readonly choice: Choice; readonly answer: Answer }
  | { readonly voter: Variant; readonly status: 'lost'; readonly error: unknown; readonly answer?: Answer };

export interface VoteResult<Choice extends string, Answer> {
  readonly winner: Choice;
  /** `majority`: more than half of the counted ballots. `plurality`: more than any other. `tie-break`: several had as many. */
  readonly decidedBy: 'majority' | 'plurality' | 'tie-break';
  /** The choices that had most ballots, in the order of the list: one unless there was a tie. */
  readonly leaders: readonly Choice[];
  /** Ballots for each choice, in the order of the list. */
  readonly distribution: ReadonlyArray<{ readonly choice: Choice; readonly votes: number }>;
  /** How many ballots counted. */
  readonly counted: number;
  /** Every ballot, in the order of the voters. */
  readonly ballots: ReadonlyArray<Ballot<Choice, Answer>>;
}

/**
 * Asks every voter and counts. The outcome depends on the ballots alone, never on the order in which they arrive.
 * @throws QuorumNotReached, or the one failure when all are required, when fewer than `atLeast` ballots count
 * @throws StepFailed when the tie-break picks something that is not tied; its own failure passes through
 * @throws RangeError for fewer than two choices, a choice given twice, or an `atLeast` or `concurrency` that cannot hold
 */
export async function vote<Choice extends string, Answer extends { readonly choice: string }>(
  voters: readonly Variant[],
  { choices, cast }: Question<Choice, Answer>,
  options: VoteOptions<Choice, Answer> = {},
): Promise<VoteResult<Choice, Answer>> {
  const { atLeast = Math.floor(voters.length / 2) + 1, tieBreak = 'earliest', onLost, ...branching } = options;
  checkChoices(choices);
  if (atLeast < 1) throw new RangeError(`Cannot count votes: 'atLeast' must be 1 or more; current value is ${atLeast}`);
  const answers = new Map<number, Answer>();
  const step = async (voter: Variant, index: number): Promise<Choice> => {
    const answer = await cast(voter);
    answers.set(index, answer);
    return choiceOf(answer, choices);
  };
  const { branches } = await fanOut(voters, step, { ...branching, atLeast, ...(onLost && { onFailed: onLost }) });
  const ballots = branches.map((branch, index): Ballot<Choice, Answer> => {
    const { item: voter } = branch;
    const answer = answers.get(index);
    if (branch.status === 'done') return { voter, status: 'counted', choice: branch.output, answer: answer as Answer }; // set by the step
    return { voter, status: 'lost', error: branch.error, ...(answer !== undefined && { answer }) };
  });
  const distribution = choices.map((choice) => ({ choice, votes: votesFor(choice, ballots) }));
  const most = Math.max(...distribution.map(({ votes }) => votes));
  const leaders = distribution.filter(({ votes }) => votes === most).map(({ choice }) => choice);
  const counted = distribution.reduce((sum, { votes }) => sum + votes, 0);
  const winner = leaders.length === 1 || tieBreak === 'earliest' ? leaders[0] : await tieBreak(leaders, ballots);
  if (winner === undefined || !leaders.includes(winner)) throw notTied(winner, leaders);
  const decidedBy = leaders.length > 1 ? 'tie-break' : most * 2 > counted ? 'majority' : 'plurality';
  return { winner, decidedBy, leaders, distribution, counted, ballots };
}

function votesFor<Choice extends string>(choice: Choice, ballots: ReadonlyArray<Ballot<Choice, unknown>>): number {
  return ballots.filter((ballot) => ballot.status === 'counted' && ballot.choice === choice).length;
}

function choiceOf<Choice extends string>({ choice }: { readonly choice: string }, choices: readonly Choice[]): Choice {
  const known = choices.find((candidate) => candidate === choice);
  if (known !== undefined) return known;
  throw failure({
    type: FailureType.StepFailed,
    message: `Cannot count the ballot: "${choice}" is not a choice; the choices are ${quoted(choices)}`,
  });
}

function notTied(winner: string | undefined, tied: readonly string[]): Error {
  return failure({
    type: FailureType.StepFailed,
    message: `Cannot settle the tie: the tie-break picked "${winner}"; it must be one of ${quoted(tied)}`,
  });
}

function checkChoices(choices: readonly string[]): void {
  if (choices.length < 2)
    throw new RangeError(`Cannot vote: a closed question has at least 2 choices; current number is ${choices.length}`);
  const twice = choices.find((choice, index) => choices.indexOf(choice) !== index);
  if (twice !== undefined) throw new RangeError(`Cannot vote: the choice "${twice}" is given twice; name each choice once`);
}
