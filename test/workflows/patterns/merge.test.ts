import fc from 'fast-check';

import { FailureType } from '../../../common/failures';
import { merge, type Conflict } from '../../../workflows/patterns/merge';
import { broken } from './branches';

const reports = ['cost', 'risk', 'speed'].map((name) => ({ name, content: `report on ${name}` }));
const good: Conflict = { between: ['cost', 'risk'], about: 'the price', settled: 'The newer source counts.' };
const bad: Conflict = { between: ['cost', 'legal'], about: 'the contract', settled: 'By vote.' };
const combining = (...answers: ReadonlyArray<readonly Conflict[]>) => {
  const told: Array<readonly string[]> = [];
  const combine = async (_: unknown, problems: readonly string[]) => {
    told.push(problems);
    return { text: `answer ${told.length}`, conflicts: answers[Math.min(told.length, answers.length) - 1] ?? [] };
  };
  return { combine, told };
};

describe('merge()', () => {
  it('returns what was combined, its conflicts and its sources', async () => {
    const { combine } = combining([good]);
    await expect(merge(reports, combine, { missing: ['law'] })).resolves.toEqual({
      combined: { text: 'answer 1', conflicts: [good] },
      conflicts: [good],
      setAside: [],
      sources: ['cost', 'risk', 'speed'],
      missing: ['law'],
      attempts: 1,
    });
  });

  it('asks again with what is wrong, then goes on', async () => {
    const { combine, told } = combining([good, bad], [good]);
    await expect(merge(reports, combine)).resolves.toMatchObject({ combined: { text: 'answer 2' }, attempts: 2, conflicts: [good] });
    expect(told).toEqual([[], ['the conflict about "the contract" names "legal"; the reports are "cost", "risk", "speed"']]);
  });

  it('lets no conflict through that does not name known reports and how it was settled, and loses none', async () => {
    const text = fc.constantFrom('', ' ', 'words');
    const conflict = fc.record({
      between: fc.array(fc.constantFrom('cost', 'risk', 'speed', 'legal'), { maxLength: 3 }),
      about: text,
      settled: text,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(conflict, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        async (answers, repairs) => {
          const holds = ({ between, about, settled }: Conflict) =>
            new Set(between).size > 1 && !between.includes('legal') && about.trim() !== '' && settled.trim() !== '';
          const { combine, told } = combining(...answers);
          const result = await merge(reports, combine, { repairs, ifInvalid: 'set aside' });
          expect(result.attempts).toBe(told.length);
          expect(result.attempts).toBeLessThanOrEqual(repairs + 1);
          expect(result.conflicts).toEqual(result.combined.conflicts.filter(holds));
          expect(result.setAside.map((one) => one.conflict)).toEqual(result.combined.conflicts.filter((one) => !holds(one)));
          if (result.setAside.length > 0) expect(result.attempts).toBe(repairs + 1);
        },
      ),
    );
  });

  it.each([
    [{ ...good, between: ['cost', 'cost'] }, 'names fewer than two reports'],
    [{ ...good, settled: ' ' }, 'does not say how it was settled'],
    [{ ...good, about: '' }, 'a conflict between "cost", "risk" does not say what it is about'],
  ])('fails on %j when no repair helps', async (conflict, message) => {
    const { combine, told } = combining([conflict]);
    await expect(merge(reports, combine, { repairs: 2 })).rejects.toMatchObject({
      type: FailureType.StepFailed,
      message: expect.stringContaining(message) as string,
    });
    expect(told).toHaveLength(3);
  });

  it('passes on the failure of the combining step', async () => {
    const error = broken('no synthesis');
    await expect(merge(reports, async () => Promise.reject(error), { ifInvalid: 'set aside' })).rejects.toBe(error);
  });

  it.each([
    [[], {}, 'there is no report'],
    [[...reports, { name: 'cost', content: '' }], {}, 'the report "cost" is given twice'],
    [reports, { repairs: -1 }, "'repairs' must be a whole number from 0; current value is -1"],
  ])('refuses %# before anything is asked', async (list, options, message) => {
    const { combine, told } = combining([]);
    await expect(merge(list, combine, options)).rejects.toThrow(message);
    expect(told).toEqual([]);
  });
});
