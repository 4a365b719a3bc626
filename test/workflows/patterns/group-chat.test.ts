import fc from 'fast-check';

import { groupChat, type ChatTurn, type Speaker } from '../../../workflows/patterns/group-chat';
import { broken, runWide } from './branches';

/** Speakers who say how many turns they saw; those in `passing` pass, those in `failing` fail. */
function room(names: readonly string[], { passing = [] as readonly string[], failing = [] as readonly string[] } = {}) {
  let speaking = 0;
  const speak = (name: string) => async (transcript: readonly ChatTurn[]) => {
    expect(++speaking).toBe(1);
    await Promise.resolve();
    speaking -= 1;
    if (failing.includes(name)) throw broken(name);
    return passing.includes(name) ? null : `${name} after ${transcript.length}`;
  };
  return names.map((name): Speaker => ({ name, speak: speak(name) }));
}
const said = ({ transcript }: { transcript: readonly ChatTurn[] }) => transcript.map(({ text, speaker }) => text ?? `(${speaker})`);
const NAMES = ['a', 'b', 'c', 'd'];

describe('groupChat() in a round', () => {
  it('gives everybody the turn in order, one at a time, until the turns are used up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 15 }), async (count, maxTurns) => {
        const names = NAMES.slice(0, count);
        const result = await groupChat(room(names), { maxTurns });
        expect(result).toMatchObject({ status: 'exhausted', reason: null });
        expect(said(result)).toEqual(Array.from({ length: maxTurns }, (_, at) => `${names[at % count]} after ${at}`));
        expect(result.transcript.map(({ turn, pickedBy }) => [turn, pickedBy])).toEqual(
          Array.from({ length: maxTurns }, (_, at) => [at + 1, 'round robin']),
        );
      }),
    );
  });

  it('stops as soon as the condition holds, and asks it only about what was said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), async (good) => {
        const asked: number[] = [];
        const stopWhen = (transcript: readonly ChatTurn[]): boolean => asked.push(transcript.length) > 0 && transcript.length >= good;
        const { status, transcript } = await groupChat(room(['a', 'b'], { passing: ['b'] }), { maxTurns: 12, stopWhen });
        expect(asked.every((length) => length % 2 === 1)).toBe(true);
        const end = good % 2 === 1 ? good : good + 1;
        expect([status, transcript.length]).toEqual(end > 12 ? ['exhausted', 12] : ['stopped', end]);
      }),
    );
  });

  it('ends when everybody passes', async () => {
    const result = await groupChat(room(['a', 'b'], { passing: ['a', 'b'] }));
    expect([result.status, said(result)]).toEqual(['silent', ['(a)', '(b)']]);
  });

  it('keeps the transcript from its speakers', async () => {
    const meddler: Speaker = { name: 'm', speak: async (transcript) => String((transcript as ChatTurn[]).splice(0).length) };
    expect(said(await groupChat([meddler], { maxTurns: 3 }))).toEqual(['0', '1', '2']);
  });
});

describe('groupChat() with a moderator', () => {
  it('lets whom it names speak, the next in the round for an unknown name, and ends at its word', async () => {
    const name = fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom('x', '', 'toString', null));
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 12 }), async (picks) => {
        const moderator = async (transcript: readonly ChatTurn[]) => ({ next: picks[transcript.length] ?? null, reason: 'so' });
        const result = await groupChat(room(NAMES), { maxTurns: 10, moderator });
        const end = [...picks, null].indexOf(null);
        expect([result.status, result.transcript.length]).toEqual(end < 10 ? ['closed by moderator', end] : ['exhausted', 10]);
        result.transcript.forEach(({ speaker, pickedBy, reason }, at) => {
          const pick = picks[at] as string;
          const before = result.transcript[at - 1]?.speaker;
          const next = NAMES[(NAMES.indexOf(before ?? '') + 1) % NAMES.length];
          expect({ speaker, pickedBy, reason }).toEqual(
            NAMES.includes(pick)
              ? { speaker: pick, pickedBy: 'moderator', reason: 'so' }
              : { speaker: next, pickedBy: 'unknown name', reason: 'so' },
          );
        });
      }),
    );
  });
});

describe('groupChat() when somebody fails', () => {
  it('fails unless told to pass', async () => {
    await expect(groupChat(room(['a', 'b'], { failing: ['b'] }))).rejects.toThrow('Cannot use the answer: b');
  });

  it('passes the turns of those who fail, whoever they are, and ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(NAMES), fc.boolean(), async (failing, moderated) => {
        const heard: string[] = [];
        const moderator = async () => Promise.reject(broken('moderator'));
        const result = await groupChat(room(NAMES, { failing }), {
          maxTurns: 8,
          ifStepFails: 'pass',
          onFailed: (who) => heard.push(who),
          ...(moderated && { moderator }),
        });
        const all = failing.length === NAMES.length;
        expect([result.status, result.transcript.length]).toEqual(all ? ['silent', 4] : ['exhausted', 8]);
        for (const { speaker, text, error, pickedBy } of result.transcript) {
          expect([text === null, error !== undefined]).toEqual([failing.includes(speaker), failing.includes(speaker)]);
          expect(pickedBy).toBe(moderated ? 'moderator failed' : 'round robin');
        }
        expect(heard.filter((who) => who === 'moderator')).toHaveLength(moderated ? result.transcript.length : 0);
      }),
    );
  });

  it.each(runWide)('does not tolerate %s', async (_what, error) => {
    const fail = async () => Promise.reject(error);
    await expect(groupChat([{ name: 'a', speak: fail }], { ifStepFails: 'pass' })).rejects.toBe(error);
    await expect(groupChat(room(['a']), { moderator: fail, ifStepFails: 'pass' })).rejects.toBe(error);
  });
});

describe('groupChat() refuses', () => {
  it.each([
    ['no speakers', [], 1],
    ['a name given twice', ['a', 'a'], 1],
    ['no turns', ['a'], 0],
    ['half a turn', ['a'], 1.5],
  ])('%s', async (_what, names, maxTurns) => {
    await expect(groupChat(room(names), { maxTurns })).rejects.toThrow(RangeError);
  });
});
