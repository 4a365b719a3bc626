import { withRig } from './with-rig';

const member = (name: string) => ({ name, role: 'expert', goal: 'Good work.' });
const task = (name: string, by?: string, context?: string[]) => ({
  name,
  description: `Do ${name}.`,
  expected: 'One line.',
  ...(by !== undefined && { member: by }),
  ...(context && { context }),
});

describe('crew', () => {
  const rig = withRig();
  afterEach(() => rig.simulator.setRules([]));
  const members = [member('Ada'), member('Noor')];

  it('hands outputs on to the tasks that need them, and to no others', async () => {
    rig.simulator.setRules([
      { match: { user: 'Do three\\.' }, reply: { text: 'THREE' } },
      { match: { user: 'ONE[^]*Do two\\.' }, reply: { text: 'knows one' } },
      { match: { user: 'Do two\\.' }, reply: { text: 'knows nothing' } },
      { match: { user: 'Do one\\.' }, reply: { text: 'ONE' } },
    ]);
    const tasks = [task('one', 'Ada'), task('three', 'Noor'), task('two', 'Noor', ['three'])];
    const { result, degraded } = await (await rig.start('crew', { topic: 'Tea', members, tasks })).outcome();
    expect(result.tasks.map(({ task: name, member: by, text }) => [name, by, text])).toEqual([
      ['one', 'Ada', 'ONE'],
      ['three', 'Noor', 'THREE'],
      ['two', 'Noor', 'knows nothing'],
    ]);
    expect([result.text, degraded]).toEqual(['knows nothing', []]);
  });

  it('under a manager sends an output back with its feedback, and says when none was accepted', async () => {
    const verdict = (accepted: boolean) => ({ text: JSON.stringify({ accepted, feedback: 'It lacks a price.' }) });
    rig.simulator.setRules([
      { match: { system: 'hand each task to one member' }, reply: { text: '{"member":"Noor"}' } },
      { match: { system: 'look at what a member hands in', user: 'PRICED' }, reply: verdict(true) },
      { match: { system: 'look at what a member hands in' }, reply: verdict(false) },
      { match: { user: 'It lacks a price[^]*Do one\\.' }, reply: { text: 'PRICED' } },
      { match: { user: 'Do one\\.' }, reply: { text: 'first' } },
    ]);
    const run = await rig.start('crew', { topic: 'Tea', members, tasks: [task('one'), task('other', 'Ada')], process: 'managed' });
    const { result, degraded } = await run.outcome();
    expect(result.tasks[0]).toEqual({
      task: 'one',
      member: 'Noor',
      assignedBy: 'manager',
      text: 'PRICED',
      accepted: true,
      sentBack: [{ text: 'first', feedback: 'It lacks a price.' }],
    });
    expect(result.tasks[1]).toMatchObject({ member: 'Ada', assignedBy: 'task', accepted: false });
    expect(degraded.map(({ step }) => step)).toEqual(['task/other']);
  });

  it('refuses a crew that does not fit, before anything is paid for', async () => {
    const run = await rig.start('crew', { topic: 'Tea', members, tasks: [task('one', 'Nobody')] });
    await expect(run.outcome()).rejects.toMatchObject({ cause: { type: 'InvalidInput' } });
    expect(run.bill()).toEqual([]);
  });
});
