/** What a person may do with a proposal. */
export const REVIEW_DECISIONS = ['approve', 'edit', 'reject'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** Argument of the `review` update. */
export interface ReviewCommand {
  /** Name of an open gate, as `progress` lists it. */
  readonly gate: string;
  readonly decision: ReviewDecision;
  /** With `edit`: what takes the proposal's place. */
  readonly value?: unknown;
  /** Required with `reject`. */
  readonly reason?: string;
  /** Who answers. */
  readonly by?: string;
}

/** What a gate was answered with. */
export interface ReviewAnswer<Value = unknown> {
  /** Name of the gate; a name used before has `#2` and so on. */
  readonly gate: string;
  readonly decision: ReviewDecision;
  /** The edited value, or the proposal as it was. */
  readonly value: Value;
  /** Null when nobody gave a name, and when the deadline decided. */
  readonly by: string | null;
  /** Epoch milliseconds on the server's clock. */
  readonly at: number;
  readonly reason: string | null;
  /** True when nobody answered in time and the gate's default applied. */
  readonly byDeadline: boolean;
}

/** One answered gate, in the blackboard and in the run's outcome. */
export interface ReviewRecord extends Omit<ReviewAnswer, 'value'> {
  readonly title: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  /** Of an edit: what took the proposal's place; a stand-in when it is large. */
  readonly value?: unknown;
}

/** A gate that waits for a person, as the `progress` query shows it. */
export interface OpenReview {
  readonly name: string;
  readonly title: string;
  /** The beginning of the proposal, at most 300 characters. */
  readonly preview: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  /** Epoch milliseconds; null: it waits for as long as it takes. */
  readonly deadlineAt: number | null;
  /** What happens at the deadline. */
  readonly onDeadline: ReviewDecision | 'fail' | null;
  /** When it reminded of itself. Epoch milliseconds. */
  readonly remindedAt: number | null;
}

/** A gate in the blackboard: with its whole proposal, and its answer once there is one. */
export interface Review extends OpenReview {
  /** A stand-in when it is large. */
  readonly proposal: unknown;
  /** `withdrawn`: the run went on or ended without an answer. */
  readonly state: 'open' | 'answered' | 'withdrawn';
  readonly answer: ReviewRecord | null;
}
