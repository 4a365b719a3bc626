import fc from 'fast-check';

import { FailureType } from '../../../common/failures';
import { crew, type CrewMaterial, type CrewTask } from '../../../workflows/patterns/crew';
import { broken, runWide } from './branches';

const MEMBERS = ['a', 'b', 'c'];
const work = async ({ name }: CrewTask, member: string, { context, sentBack }: CrewMaterial<string>): Promise<string> =>
  `${name} by ${member}${context.map(({ task }) => `+${task}`).join('')}${sentBack === null ? '' : ` (${sentBack.feedback})`}`;

/** Tasks t0, t1 … whose context is drawn from earlier ones. */
const crewTasks = fc
  .array(fc.record({ member: fc.constantFrom(...MEMBERS), needs: fc.option(fc.array(fc.nat(), { maxLength: 3 })) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((drawn) =>
    drawn.map(({ member, needs }, at): CrewTask => {
      const context = needs === null || at === 0 ? undefined : needs.map((need) => `t${need % at}`);
      return { name: `t${at}`, member, ...(context && { context }) };
    }),
  );

describe('crew()', () => {
  it('does tasks in order, each by its member, with the outputs it asks for and no others', async () => {
    await fc.assert(
      fc.asyncProperty(crewTasks, async (tasks) => {
        const { output, tasks: done } = await crew({ members: MEMBERS, tasks }, work);
        const expected = tasks.map(({ name, member, context }, at) => {
          const earlier = tasks.slice(0, at).map((task) => task.name);
          return `${name} by ${member}${earlier
            .filter((other) => context?.includes(other) ?? true)
            .map((other) => `+${other}`)
            .join('')}`;
        });
        expect(done.map((one) => one.output)).toEqual(expected);
        expect(output).toBe(expected.at(-1));
        expect(done.every(({ accepted, assignedBy }) => accepted === null && assignedBy === 'task')).toBe(true);
      }),
    );
  });

  it('under a manager sends work back with what is missing, no more often than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }), fc.nat(4), async (needed, revisions) => {
        const tasks = needed.map((_, at) => ({ name: `t${at}` }));
        const tries = needed.map(() => 0);
        const manager = {
          assign: async ({ name }: CrewTask) => (name === 't0' ? 'nobody' : 'b'),
          accept: async ({ name }: CrewTask) => {
            const at = Number(name.slice(1));
            const count = (tries[at] = (tries[at] ?? 0) + 1);
            return { accepted: count > (needed[at] ?? 0), feedback: `again ${count}` };
          },
        };
        const { tasks: done } = await crew({ members: MEMBERS, tasks }, work, { manager, revisions });
        expect(tries).toEqual(needed.map((count) => Math.min(count, revisions) + 1));
        expect(done.map(({ accepted, sentBack }) => [accepted, sentBack.length])).toEqual(
          needed.map((count) => [count <= revisions, Math.min(count, revisions)]),
        );
        expect(done.map(({ member, assignedBy }) => [member, assignedBy])).toEqual(
          needed.map((_, at) => (at === 0 ? ['a', 'unknown member'] : ['b', 'manager'])),
        );
        const back = done[0]?.sentBack.length ?? 0;
        expect(done[0]?.output).toBe(back === 0 ? 't0 by a' : `t0 by a (again ${back})`);
      }),
    );
  });

  it('refuses a crew that does not fit its tasks, with every reason', async () => {
    const tasks = [{ name: 't', member: 'x' }, { name: 't' }, { name: 'u', member: 'a', context: ['v'] }];
    await expect(crew({ members: ['a', 'a'], tasks }, work)).rejects.toMatchObject({
      type: FailureType.InvalidInput,
      message:
        'Cannot run the crew: the member "a" is given twice; the task "t" is given twice; the task "t" names "x", who is no member; ' +
        'the task "t" names no member, and there is no manager; the task "u" needs "v", which is no earlier task; the members are "a", "a"',
    });
    await expect(crew({ members: [], tasks: [] }, work)).rejects.toThrow('there is no member; there is no task');
    await expect(crew({ members: ['a'], tasks: [{ name: 't', member: 'a' }] }, work, { revisions: -1 })).rejects.toThrow(RangeError);
  });

  it('ends with the first task that fails, naming it', async () => {
    const did: string[] = [];
    const fail = async ({ name }: CrewTask) => (did.push(name) === 2 ? Promise.reject(broken('bad')) : name);
    const tasks = ['t', 'u', 'v'].map((name) => ({ name, member: 'a' }));
    await expect(crew({ members: ['a'], tasks }, fail)).rejects.toThrow('Cannot finish task "u": Cannot use the answer: bad');
    expect(did).toEqual(['t', 'u']);
  });

  it.each(runWide)('passes %s on as it is', async (_what, error) => {
    await expect(crew({ members: ['a'], tasks: [{ name: 't', member: 'a' }] }, async () => Promise.reject(error))).rejects.toBe(error);
  });
});
