import { endsRun } from '../../common/cancellation';

/**
 * Debate: a critic looks at a draft and a reviser answers, until no blocking point is left or the rounds are used up.
 *
 *   propose → draft → criticise ── no blocking point ──→ settled
 *               ↑         │
 *               └─ revise ┘ up to N rounds ──→ exhausted
 */
export interface DebateSteps<Draft, Critique extends BlockingPoints> {
  readonly propose: () => Promise<Draft>;
  /** Looks at the draft of a round, counted from 1. May be of another tier than the rest. */
  readonly criticise: (draft: Draft, round: number) => Promise<Critique>;
  /** Answers the critique; gets all earlier rounds too, so that a point settled once stays settled. */
  readonly revise: (draft: Draft, critique: Critique, earlier: ReadonlyArray<Round<Draft, Critique>>) => Promise<Draft>;
}

/** What a critique must tell; the rest of it is up to the critic. */
export interface BlockingPoints {
  /** What has to change before the draft may stand. Empty: it may. */
  readonly blocking: readonly unknown[];
}

export interface DebateOptions {
  /** Most rounds of critic and reviser; at least 1. @default 3 */
  readonly rounds?: number;
  /** When critic or reviser fails: fail, or end the debate with the draft as it stands. @default 'fail' */
  readonly ifStepFails?: 'fail' | 'keep draft';
}

export interface Round<Draft, Critique> {
  /** From 1. */
  readonly round: number;
  /** The draft that the critic looked at. */
  readonly draft: Draft;
  readonly critique: Critique;
  /** What the reviser made of it; null when there was nothing to revise or the reviser failed. */
  readonly revised: Draft | null;
}

interface Debated<Draft, Critique> {
  /** The last draft. */
  readonly draft: Draft;
  /** Every round that the critic finished. */
  readonly rounds: ReadonlyArray<Round<Draft, Critique>>;
}

/** How a debate ended. */
export type DebateResult<Draft, Critique extends BlockingPoints> =
  /** The critic has no blocking point against the last draft. */
  | (Debated<Draft, Critique> & { readonly status: 'settled' })
  /** The rounds are used up. The last draft answers the points in `unconfirmed`; no critic has looked at it since. */
  | (Debated<Draft, Critique> & { readonly status: 'exhausted'; readonly unconfirmed: Critique['blocking'] })
  /** Critic or reviser failed; only with `ifStepFails: 'keep draft'`. */
  | (Debated<Draft, Critique> & { readonly status: 'broken off'; readonly step: 'criticise' | 'revise'; readonly error: unknown });

/**
 * Lets a draft be criticised and revised. At most `1 + 2 × rounds` steps.
 * @throws the failure of `propose` always; that of critic and reviser unless `ifStepFails` says otherwise
 * @throws RangeError when `rounds` is no whole number from 1
 */
export async function debate<Draft, Critique extends BlockingPoints>(
  { propose, criticise, revise }: DebateSteps<Draft, Critique>,
  { rounds: limit = 3, ifStepFails = 'fail' }: DebateOptions = {},
): Promise<DebateResult<Draft, Critique>> {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`Cannot debate: 'rounds' must be a whole number from 1; current value is ${limit}`);
  }
  let draft = await propose();
  const rounds: Array<Round<Draft, Critique>> = [];
  let step: 'criticise' | 'revise' = 'criticise';
  for (let round = 1; ; round++) {
    let critique: Critique | undefined;
    try {
      step = 'criticise';
      critique = await criticise(draft, round);
      if (critique.blocking.length === 0) {
        rounds.push({ round, draft, critique, revised: null });
        return { status: 'settled', draft, rounds };
      }
      step = 'revise';
      const revised = await revise(draft, critique, [...rounds]);
      rounds.push({ round, draft, critique, revised });
      draft = revised;
    } catch (error) {
      if (endsRun(error) || ifStepFails === 'fail') throw error;
      if (critique !== undefined) rounds.push({ round, draft, critique, revised: null });
      return { status: 'broken off', draft, rounds, step, error };
    }
    if (round === limit) return { status: 'exhausted', draft, rounds, unconfirmed: critique.blocking };
  }
}
