import { endsRun } from '../../common/cancellation';

/**
 * Group chat: named speakers take turns, one at a time, until a condition holds or the turns are used up. The one transcript is kept
 * here: speakers see it and never each other.
 *
 *   moderator or round robin → next speaker → transcript → stop? ─ yes → stopped
 *        ↑                                                  │ no
 *        └────────────────── turns left? ───────────────────┘ none → exhausted
 */
export interface Speaker {
  readonly name: string;
  /** Says something, or null to pass. A person is a speaker like any other: the function waits for what the person says. */
  readonly speak: (transcript: readonly ChatTurn[]) => Promise<string | null>;
}

/** One turn of the transcript. */
export interface ChatTurn {
  /** From 1. */
  readonly turn: number;
  readonly speaker: string;
  /** Null: passed, or failed where that is tolerated. */
  readonly text: string | null;
  /** `moderator failed` and `unknown name`: it was the next one's turn instead. */
  readonly pickedBy: 'round robin' | 'moderator' | 'moderator failed' | 'unknown name';
  /** Why the moderator picked this speaker; null without one. */
  readonly reason: string | null;
  /** Why there is no text although the speaker did not pass. */
  readonly error?: unknown;
}

/** What a moderator says. */
export interface NextSpeaker {
  /** Name of the next speaker; null ends the chat. */
  readonly next: string | null;
  readonly reason: string;
}

export interface GroupChatOptions {
  /** Most turns; at least 1. @default 12 */
  readonly maxTurns?: number;
  /** Picks each speaker, or ends the chat. @default round robin, in the order given */
  readonly moderator?: (transcript: readonly ChatTurn[], names: readonly string[]) => Promise<NextSpeaker>;
  /** Asked after each turn that was not passed. @default never */
  readonly stopWhen?: (transcript: readonly ChatTurn[]) => boolean;
  /** When a speaker or the moderator fails: fail, or pass the turn and let the next one in the round speak. @default 'fail' */
  readonly ifStepFails?: 'fail' | 'pass';
  /** Hears of each failure that is tolerated. */
  readonly onFailed?: (who: string, error: unknown) => void;
}

export interface GroupChatResult {
  /** `silent`: everybody passed in turn, as often as there are speakers. */
  readonly status: 'stopped' | 'closed by moderator' | 'silent' | 'exhausted';
  readonly transcript: readonly ChatTurn[];
  /** Why the moderator ended it; null otherwise. */
  readonly reason: string | null;
}

/** What the moderator is called in `onFailed`. */
export const MODERATOR = 'moderator';

/**
 * Lets speakers talk. At most `maxTurns` turns, each with one question to the moderator when there is one.
 * @throws the failure of a speaker or the moderator unless `ifStepFails` says otherwise; RangeError for speakers or turns that cannot be
 */
export async function groupChat(
  speakers: readonly Speaker[],
  { maxTurns = 12, moderator, stopWhen = () => false, ifStepFails = 'fail', onFailed }: GroupChatOptions = {},
): Promise<GroupChatResult> {
  checkChat(speakers, maxTurns);
  const names = speakers.map(({ name }) => name);
  const transcript: ChatTurn[] = [];
  const ended = (status: GroupChatResult['status'], reason: string | null = null): GroupChatResult => ({ status, transcript, reason });
  const tolerate = (who: string, error: unknown): void => {
    if (endsRun(error) || ifStepFails === 'fail') throw error;
    onFailed?.(who, error);
  };

  while (transcript.length < maxTurns) {
    const picked = await pick();
    if (picked.speaker === null) return ended('closed by moderator', picked.reason);
    const { speaker, pickedBy, reason } = picked;
    const turn = { turn: transcript.length + 1, speaker: speaker.name, pickedBy, reason };
    try {
      transcript.push({ ...turn, text: await speaker.speak([...transcript]) });
    } catch (error) {
      tolerate(speaker.name, error);
      transcript.push({ ...turn, text: null, error });
    }
    if (transcript.at(-1)?.text != null && stopWhen([...transcript])) return ended('stopped');
    const latest = transcript.slice(-speakers.length);
    if (latest.length === speakers.length && latest.every(({ text }) => text === null)) return ended('silent');
  }
  return ended('exhausted');

  async function pick(): Promise<Picked> {
    const nextInRound = speakers[(names.indexOf(transcript.at(-1)?.speaker ?? '') + 1) % speakers.length] as Speaker; // there is one at least
    if (moderator === undefined) return { speaker: nextInRound, pickedBy: 'round robin', reason: null };
    try {
      const { next, reason } = await moderator([...transcript], names);
      if (next === null) return { speaker: null, reason };
      const speaker = speakers.find(({ name }) => name === next);
      return speaker === undefined
        ? { speaker: nextInRound, pickedBy: 'unknown name', reason }
        : { speaker, pickedBy: 'moderator', reason };
    } catch (error) {
      tolerate(MODERATOR, error);
      return { speaker: nextInRound, pickedBy: 'moderator failed', reason: null };
    }
  }
}

type Picked =
  | { readonly speaker: Speaker; readonly pickedBy: ChatTurn['pickedBy']; readonly reason: string | null }
  | { readonly speaker: null; readonly reason: string };

function checkChat(speakers: readonly Speaker[], maxTurns: number): void {
  const names = speakers.map(({ name }) => name);
  if (names.length === 0) throw new RangeError('Cannot chat: there is no speaker; give at least one');
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new RangeError(`Cannot chat: the speaker "${twice}" is given twice; name each one once`);
  if (Number.isInteger(maxTurns) && maxTurns >= 1) return;
  throw new RangeError(`Cannot chat: 'maxTurns' must be a whole number from 1; current value is ${maxTurns}`);
}
