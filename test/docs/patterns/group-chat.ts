import { groupChat, type NextSpeaker, type Speaker } from '../../../workflows/patterns/group-chat';

type Say = Speaker['speak'];

export async function meeting(
  { architect, tester, person }: { architect: Say; tester: Say; person: Say },
  next: () => Promise<NextSpeaker>,
) {
  const { status, transcript } = await groupChat(
    [
      { name: 'architect', speak: architect },
      { name: 'tester', speak: tester },
      { name: 'person', speak: person },
    ],
    {
      maxTurns: 9,
      moderator: next,
      stopWhen: (turns) => turns.at(-1)?.text?.includes('AGREED') === true,
      ifStepFails: 'pass',
    },
  );
  return { status, said: transcript.map(({ speaker, text }) => `${speaker}: ${text ?? '(passes)'}`) };
}
