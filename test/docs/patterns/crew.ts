import { crew } from '../../../workflows/patterns/crew';

type Ask = (prompt: string) => Promise<string>;

export async function release(team: { readonly writer: Ask; readonly tester: Ask }) {
  const { output, tasks } = await crew<{ name: string; member: 'writer' | 'tester'; expected: string }, string>(
    {
      members: ['writer', 'tester'],
      tasks: [
        { name: 'risks', member: 'tester', expected: 'three risks of the release' },
        { name: 'notes', member: 'writer', expected: 'release notes of 100 words' },
      ],
    },
    ({ member, expected }, _name, { context }) => {
      const ask = team[member];
      return ask([...context.map((one) => one.output), `Make ${expected}.`].join('\n'));
    },
  );
  return { notes: output, by: tasks.map(({ task, member }) => `${task}: ${member}`) };
}
