import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../../common/prompt-parts';
import { groupChat as chat, MODERATOR, type ChatTurn, type NextSpeaker } from '../patterns/group-chat';
import { agents, callRole } from '../run/agents';
import { degrade } from '../run/degrade';
import { reviewGate } from '../run/gates';
import { stage } from '../run/stage';

type Input = PipelineInput<'groupChat'>;
type Speaker = Input['speakers'][number];

const TURN_TOKENS = 512;
const MOST_CHARACTERS = 8_000;

/**
 * Group chat.
 *
 *   round or chatModerator → speaker, an agent or a person → … → transcript
 */
export async function groupChat(input: Input): Promise<PipelineResult<'groupChat'>> {
  const { speakers, maxTurns, stopWhen } = input;
  const spokeFor = new Map<number, string | null>();
  const result = await chat(
    speakers.map((speaker) => ({
      name: speaker.name,
      speak: (transcript) =>
        stage(`turn ${transcript.length + 1}`, async () => {
          if (!speaker.person) return askAgent(input, speaker, transcript);
          const { text, by } = await askPerson(input, speaker, transcript);
          spokeFor.set(transcript.length + 1, by);
          return text;
        }),
    })),
    {
      maxTurns,
      ifStepFails: 'pass',
      onFailed: (who, error) =>
        who === MODERATOR
          ? degrade('chatModerator', error, 'the next in the round')
          : degrade(`agent/${who}`, error, 'a turn without words'),
      ...(input.moderator === 'moderator' && { moderator: (transcript: readonly ChatTurn[]) => askModerator(input, transcript) }),
      ...(stopWhen !== undefined && { stopWhen: (turns: readonly ChatTurn[]) => turns.at(-1)?.text?.includes(stopWhen) === true }),
    },
  );
  return {
    status: result.status,
    reason: result.reason,
    transcript: result.transcript.map(({ error: _error, ...turn }) => ({ ...turn, by: spokeFor.get(turn.turn) ?? null })),
  };
}

const heard = (transcript: readonly ChatTurn[]): Array<{ speaker: string; text: string }> =>
  transcript.flatMap(({ speaker, text }) => (text === null ? [] : [{ speaker, text }]));

async function askAgent({ topic, speakers, stopWhen }: Input, speaker: Speaker, transcript: readonly ChatTurn[]): Promise<string> {
  const others = speakers.filter(({ name }) => name !== speaker.name).map(({ name }) => name);
  const { text } = await callRole({
    role: { name: speaker.name, system: promptOf(speaker.system, MATERIAL_RULE), tier: speaker.tier ?? 'fast', maxTokens: TURN_TOKENS },
    prompt: promptOf(
      tag('topic', topic),
      jsonTag('transcript', heard(transcript)),
      `You are ${speaker.name} in a conversation with ${others.join(', ')}. Say what you have to say now, in at most 120 words, without your name in front. ` +
        'Answer what the others said, and do not repeat what was said.' +
        (stopWhen === undefined ? '' : ` When you hold the matter settled, say ${stopWhen}.`),
    ),
  });
  return text;
}

async function askPerson({ topic, reviewDeadlineMs }: Input, { name }: Speaker, transcript: readonly ChatTurn[]) {
  const last = heard(transcript).at(-1);
  const about = (last === undefined ? topic : `${last.speaker}: ${last.text}`).replaceAll(/\s+/g, ' ').slice(0, 200);
  const { decision, value, by } = await reviewGate({
    name,
    title: `${name}, it is your turn: edit to speak, approve or reject to pass. ${about}`,
    proposal: '',
    validate: (text) =>
      typeof text === 'string' && text.trim() !== '' && text.length <= MOST_CHARACTERS
        ? undefined
        : `a turn must be a text of 1 to ${MOST_CHARACTERS} characters`,
    deadlineMs: reviewDeadlineMs,
    remindAfterMs: Math.ceil(reviewDeadlineMs / 2),
    onDeadline: 'reject',
  });
  return { text: decision === 'edit' ? value : null, by };
}

async function askModerator({ topic, speakers }: Input, transcript: readonly ChatTurn[]): Promise<NextSpeaker> {
  const { finished, nextSpeaker, reason } = await agents.chatModerator({
    topic,
    speakers: speakers
      .filter(({ name }) => name !== transcript.at(-1)?.speaker)
      .map(({ name, system }) => ({ name, about: system.slice(0, 300) })),
    transcript: heard(transcript),
  });
  return { next: finished && transcript.length > 0 ? null : nextSpeaker, reason };
}
