import { CancelledFailure } from '@temporalio/common';
import fc from 'fast-check';

import { FailureType, failure } from '../../../common/failures';
import { sequence, type SequenceStage } from '../../../workflows/patterns/sequence';

const append = (name: string, more: Partial<SequenceStage<string>> = {}): SequenceStage<string> => ({
  name,
  run: async (previous) => `${previous}>${name}`,
  ...more,
});
const failing = (name: string, error: unknown, critical = true): SequenceStage<string> => ({
  name,
  critical,
  run: async () => Promise.reject(error),
});

describe('sequence()', () => {
  it('hands each stage the output of the one before', async () => {
    const { output, stages } = await sequence('in', [append('a'), append('b'), append('c')]);
    expect(output).toBe('in>a>b>c');
    expect(stages.map((stage) => stage.output)).toEqual(['in>a', 'in>a>b', 'in>a>b>c']);
  });

  it('stops at the first failed critical stage and names it', async () => {
    const ran: string[] = [];
    const spy = (name: string) => append(name, { run: async (previous) => (ran.push(name), previous) });
    const error = failure({ type: FailureType.Refused, message: 'Cannot use the answer: Claude declined; reword the topic' });
    await expect(sequence('in', [spy('a'), failing('b', error), spy('c')])).rejects.toMatchObject({
      type: FailureType.Refused,
      message: 'Cannot finish stage "b": Cannot use the answer: Claude declined; reword the topic',
    });
    expect(ran).toEqual(['a']);
  });

  it('skips a failed stage that is not critical, whichever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 8 }), async (works) => {
        const skipped: string[] = [];
        const stages = works.map((ok, index) => (ok ? append(`s${index}`) : failing(`s${index}`, new Error('no'), false)));
        const result = await sequence('in', stages, { onSkipped: (name) => skipped.push(name) });
        expect(result.output).toBe(['in', ...works.flatMap((ok, index) => (ok ? [`s${index}`] : []))].join('>'));
        expect(skipped).toEqual(works.flatMap((ok, index) => (ok ? [] : [`s${index}`])));
        expect(result.stages.map(({ status }) => status)).toEqual(works.map((ok) => (ok ? 'done' : 'skipped')));
      }),
    );
  });

  it('never skips a cancellation', async () => {
    const cancelled = new CancelledFailure('cancelled');
    await expect(sequence('in', [failing('a', cancelled, false)])).rejects.toBe(cancelled);
  });
});
