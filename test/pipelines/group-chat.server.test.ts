import { progressQuery, reviewUpdate } from '../../common/messages';
import { until } from '../helpers/until';
import { withRig } from './with-rig';

const speaker = (name: string) => ({ name, system: `You are the ${name}.` });
const says = (name: string, text: string) => ({ match: { system: `You are the ${name}\\.` }, reply: { text } });
const picks = (nextSpeaker: string, finished = false) => ({ text: JSON.stringify({ nextSpeaker, finished, reason: 'It follows.' }) });

describe('groupChat', () => {
  const rig = withRig();
  afterEach(() => {
    rig.simulator.setRules([]);
    rig.simulator.setFaults([]);
  });
  const chat = { topic: 'Tabs or spaces', speakers: [speaker('baker'), speaker('smith')] };

  it('lets speakers talk in a round until the stop words are said, each with all that was said before', async () => {
    rig.simulator.setRules([
      { match: { system: 'You are the smith', user: 'BAKER-FIRST' }, reply: { text: 'AGREED' } },
      says('baker', 'BAKER-FIRST'),
      says('smith', 'heard nothing'),
    ]);
    const { result, degraded } = await (await rig.start('groupChat', { ...chat, stopWhen: 'AGREED' })).outcome();
    expect([result.status, result.transcript.map(({ speaker: name, text }) => `${name}: ${text}`)]).toEqual([
      'stopped',
      ['baker: BAKER-FIRST', 'smith: AGREED'],
    ]);
    expect(degraded).toEqual([]);
  });

  it('lets the moderator pick and end it', async () => {
    const moderator = (reply: { text: string }) => ({ match: { system: 'You are the moderator', nth: 1 }, reply });
    rig.simulator.setRules([
      moderator(picks('smith')),
      moderator(picks('nobody')),
      moderator(picks('smith', true)),
      says('baker', 'b'),
      says('smith', 's'),
    ]);
    const { result } = await (await rig.start('groupChat', { ...chat, moderator: 'moderator' })).outcome();
    expect(result).toMatchObject({ status: 'closed by moderator', reason: 'It follows.' });
    expect(result.transcript.map(({ speaker: name, pickedBy }) => [name, pickedBy])).toEqual([
      ['smith', 'moderator'],
      ['baker', 'unknown name'],
    ]);
  });

  it('waits for a person, whose words the next speaker hears', async () => {
    rig.simulator.setRules([
      { match: { system: 'You are the baker', user: 'Mixed indentation' }, reply: { text: 'Never.' } },
      says('baker', 'Spaces.'),
    ]);
    const run = await rig.start('groupChat', { ...chat, speakers: [{ ...speaker('smith'), person: true }, speaker('baker')], maxTurns: 2 });
    await until(async () => (await run.handle.query(progressQuery)).reviews?.length === 1);
    const [open] = (await run.handle.query(progressQuery)).reviews ?? [];
    expect(open).toMatchObject({ name: 'smith', onDeadline: 'reject' });
    await expect(run.handle.executeUpdate(reviewUpdate, { args: [{ gate: 'smith', decision: 'edit', value: ' ' }] })).rejects.toMatchObject(
      {
        cause: { message: expect.stringContaining('a turn must be a text') as string },
      },
    );
    await run.handle.executeUpdate(reviewUpdate, { args: [{ gate: 'smith', decision: 'edit', value: 'Mixed indentation', by: 'Noor' }] });
    const { result } = await run.outcome();
    expect(result.transcript.map(({ text, by }) => [text, by])).toEqual([
      ['Mixed indentation', 'Noor'],
      ['Never.', null],
    ]);
  });

  it('passes the turn of a person who does not speak in time', async () => {
    const speakers = [{ ...speaker('smith'), person: true }, speaker('baker')];
    const { result, degraded } = await (await rig.start('groupChat', { ...chat, speakers, maxTurns: 2, reviewDeadlineMs: 100 })).outcome();
    expect(result.transcript.map(({ text }) => text === null)).toEqual([true, false]);
    expect([result.status, degraded]).toEqual(['exhausted', []]);
  });

  it('goes on without the words of a speaker who fails, and says so', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'baker' }]);
    const { result, degraded } = await (await rig.start('groupChat', { ...chat, maxTurns: 2 })).outcome();
    expect(result.transcript.map(({ text }) => text === null)).toEqual([true, false]);
    expect(degraded).toEqual([expect.objectContaining({ step: 'agent/baker', instead: 'a turn without words' })]);
  });
});
