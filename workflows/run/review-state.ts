import { FailureType, failure } from '../../common/failures';
import {
  REVIEW_DECISIONS,
  type OpenReview,
  type Review,
  type ReviewAnswer,
  type ReviewCommand,
  type ReviewRecord,
} from '../../common/review';

/** One gate of a run and what is known of it. */
export interface Gate {
  readonly name: string;
  readonly title: string;
  /** What the pipeline proposes, whole. */
  readonly proposal: unknown;
  /** The same, or its stand-in when it is large. */
  readonly shown: unknown;
  /** Says why an edited value does not fit; undefined when it does. */
  readonly refuses: (value: unknown) => string | undefined;
  readonly openedAt: number;
  readonly deadlineAt: number | null;
  readonly onDeadline: OpenReview['onDeadline'];
  remindedAt: number | null;
  state: Review['state'];
  answer: ReviewAnswer | null;
  /** Stand-in of an edited value that is large. */
  shownEdit?: unknown;
}

const PREVIEW_CHARACTERS = 300;

type Gates = ReadonlyMap<string, Gate>;

export function openReviewsOf(gates: Gates): OpenReview[] {
  return [...gates.values()].filter(({ state }) => state === 'open').map(openReviewOf);
}

export function reviewsOf(gates: Gates): Review[] {
  return [...gates.values()].map((gate) => ({
    ...openReviewOf(gate),
    proposal: gate.shown,
    state: gate.state,
    answer: recordOf(gate),
  }));
}

function openReviewOf({ name, title, proposal, openedAt, deadlineAt, onDeadline, remindedAt }: Gate): OpenReview {
  const text = typeof proposal === 'string' ? proposal : (JSON.stringify(proposal) ?? '');
  return { name, title, preview: text.slice(0, PREVIEW_CHARACTERS), openedAt, deadlineAt, onDeadline, remindedAt };
}

export function recordOf({ title, openedAt, answer, shownEdit }: Gate): ReviewRecord | null {
  if (answer === null) return null;
  const { value, ...rest } = answer;
  return { ...rest, title, openedAt, ...(answer.decision === 'edit' && { value: shownEdit ?? value }) };
}

export function answeredReviews(gates: Gates): ReviewRecord[] {
  return [...gates.values()].flatMap((gate) => recordOf(gate) ?? []);
}

/**
 * Checks an answer before it is taken: a refused one leaves no trace in history.
 * @throws InvalidInput with what is wrong and what would do
 */
export function checkReview(gates: Gates, command: ReviewCommand): void {
  const given: unknown = command; // from anybody, by any SDK or by the temporal CLI
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refuse('a gate', 'the answer is no object', 'give { gate, decision, value?, reason?, by? }');
  }
  const { decision, reason, by } = command;
  const gate = openGate(gates, command.gate);
  const place = `"${gate.name}"`;
  if (!REVIEW_DECISIONS.includes(decision)) {
    throw refuse(place, `"${String(decision)}" is no decision`, `choose one of ${REVIEW_DECISIONS.join(', ')}`);
  }
  for (const [name, text] of Object.entries({ reason, by })) {
    if (text !== undefined && text !== null && typeof text !== 'string') throw refuse(place, `"${name}" is no text`, 'correct it');
  }
  if (decision === 'reject' && (reason ?? '').trim() === '') throw refuse(place, 'a rejection needs a reason', 'add "reason"');
  checkValue(gate, command);
}

function openGate(gates: Gates, name: unknown): Gate {
  const gate = typeof name === 'string' ? gates.get(name) : undefined;
  if (gate?.state === 'open') return gate;
  if (gate?.answer != null) throw alreadyAnswered(gate.answer);
  const open = [...gates.values()].filter(({ state }) => state === 'open').map((known) => `"${known.name}"`);
  const cure = open.length === 0 ? 'no gate is open now' : `open: ${open.join(', ')}`;
  throw refuse(`"${typeof name === 'string' ? name : ''}"`, gate === undefined ? 'there is no such gate' : 'it was withdrawn', cure);
}

export function alreadyAnswered({ gate, decision, by, at, byDeadline }: ReviewAnswer): Error {
  const who = byDeadline ? 'by its deadline' : by === null ? 'before' : `by "${by}"`;
  return refuse(`"${gate}"`, `it was answered ${who}`, `the answer is "${decision}" of ${new Date(at).toISOString()}`);
}

function checkValue(gate: Gate, { decision, value }: ReviewCommand): void {
  const place = `"${gate.name}"`;
  const given = value !== undefined && value !== null;
  if (decision !== 'edit') {
    if (given) throw refuse(place, `"${decision}" takes no value`, 'leave it out, or decide "edit"');
    return;
  }
  if (!given) throw refuse(place, 'an edit needs a value', 'add "value", what takes the place of the proposal');
  const why = gate.refuses(value);
  if (why !== undefined) throw refuse(place, `the value does not fit: ${why}`, 'correct it');
}

function refuse(place: string, why: string, cure: string): Error {
  return failure({ type: FailureType.InvalidInput, message: `Cannot answer review ${place}: ${why}; ${cure}` });
}

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/** What a value must at least have in common with the proposal when the pipeline has no check of its own: its kind and its fields. */
export function unlike(proposal: unknown, value: unknown): string | undefined {
  const [wanted, kind] = [kindOf(proposal), kindOf(value)];
  if (wanted !== kind) return `the proposal is of the kind "${wanted}", and this is "${kind}"`;
  if (wanted !== 'object') return undefined;
  const known = Object.keys(proposal as object); // an object by its kind, as is the value
  const missing = known.filter((key) => !Object.hasOwn(value as object, key));
  const unknown = Object.keys(value as object).filter((key) => !known.includes(key));
  if (missing.length > 0) return `it lacks ${missing.map((key) => `"${key}"`).join(', ')}`;
  return unknown.length === 0 ? undefined : `it has the unknown ${unknown.map((key) => `"${key}"`).join(', ')}`;
}
