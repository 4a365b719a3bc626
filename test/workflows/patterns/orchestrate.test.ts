import fc from 'fast-check';

import { FailureType } from '../../../common/failures';
import {
  orchestrate,
  type OrchestratedWork,
  type OrchestrateOptions,
  type PlanRequest,
  type Subtask,
} from '../../../workflows/patterns/orchestrate';
import { broken, runWide } from './branches';
import { plans, subtask } from './plans';
import { virtualClock } from './virtual-clock';

type Done = OrchestratedWork<string>;
const ids = (list: ReadonlyArray<{ readonly id: string }>): string[] => list.map(({ id }) => id).sort();
const statuses = ({ outcomes }: Done) => outcomes.map(({ subtask: { id }, status, plan }) => `${plan} ${id} ${status}`);

/** Workers with given durations and failures, and a planner that hands out the given plans one after the other. */
function team(script: ReadonlyArray<readonly Subtask[]>, { failing = [] as readonly string[], took = (_id: string): number => 1 } = {}) {
  const clock = virtualClock();
  const asked: Array<PlanRequest<string>> = [];
  const log: Array<{ id: string; from: number; to: number; needed: readonly string[] }> = [];
  let [most, busy] = [0, 0];
  const steps = {
    plan: async (request: PlanRequest<string>) => {
      asked.push(request);
      return script[Math.min(asked.length, script.length) - 1] as readonly Subtask[];
    },
    work: async ({ id, instruction }: Subtask, needed: ReadonlyArray<{ id: string; output: string }>) => {
      const from = clock.now();
      most = Math.max(most, ++busy);
      await clock.sleep(took(id));
      busy -= 1;
      log.push({ id, from, to: clock.now(), needed: needed.map(({ output }) => output) });
      if (failing.includes(instruction)) throw broken(id);
      return `<${id}>`;
    },
    synthesise: async ({ done }: Done) =>
      done
        .map(({ output }) => output)
        .sort()
        .join(''),
  };
  const run = (options?: OrchestrateOptions) => clock.run(() => orchestrate(steps, options));
  return { run, steps, asked, log, clock, mostAtOnce: () => most };
}

const durations = fc.func(fc.integer({ min: 1, max: 50 }));

describe('orchestrate() on valid plans', () => {
  it('takes the time of the longest chain of dependencies, in whatever order workers end', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), durations, async (plan, took) => {
        const { run, clock, log } = team([plan], { took });
        const { outcomes, missing, replans } = await run();
        const byId = new Map(plan.map((one) => [one.id, one]));
        const chain = (id: string): number => took(id) + Math.max(0, ...(byId.get(id)?.depends_on ?? []).map(chain));
        expect(clock.now()).toBe(Math.max(...plan.map(({ id }) => chain(id))));
        for (const { id, from, needed } of log) {
          const needs = byId.get(id)?.depends_on ?? [];
          for (const need of needs) expect(from).toBeGreaterThanOrEqual(log.find((other) => other.id === need)?.to ?? Infinity);
          expect(needed).toEqual(needs.map((need) => `<${need}>`));
        }
        expect(outcomes.map((outcome) => outcome.subtask)).toEqual(plan);
        expect({ missing, replans }).toEqual({ missing: [], replans: 0 });
      }),
    );
  });

  it('never has more workers at once than allowed, and does everything all the same', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), durations, fc.integer({ min: 1, max: 4 }), async (plan, took, concurrency) => {
        const { run, log, mostAtOnce } = team([plan], { took });
        await run({ concurrency });
        expect(mostAtOnce()).toBeLessThanOrEqual(concurrency);
        expect(ids(log)).toEqual(ids(plan));
      }),
    );
  });
});

describe('orchestrate() on plans that cannot be carried out', () => {
  it('sends them back with the problems, and does none of them', async () => {
    const cyclic = [subtask('a', 'b'), subtask('b', 'a')];
    const { run, asked, log } = team([cyclic, [], [subtask('c')]]);
    const { plans: made, output } = await run();
    expect(output).toBe('<c>');
    expect(ids(log)).toEqual(['c']);
    expect(asked.map(({ problems, previous }) => ({ problems, previous }))).toEqual([
      { problems: [], previous: null },
      { problems: ['the subtasks "a" → "b" → "a" wait for each other'], previous: cyclic },
      { problems: ['the plan is empty; it needs at least one subtask'], previous: [] },
    ]);
    expect(made[0]?.refused.map(({ subtasks }) => subtasks)).toEqual([cyclic, []]);
  });

  it('fails clearly once its repairs are used up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3), async (repairs) => {
        const { run, asked } = team([[subtask('a', 'x')]]);
        await expect(run({ repairs })).rejects.toMatchObject({
          type: FailureType.StepFailed,
          message: `Cannot carry out the plan: the subtask "a" depends on "x", which is no subtask; the subtasks are "a"; the planner was asked ${repairs + 1} times`,
        });
        expect(asked).toHaveLength(repairs + 1);
      }),
    );
  });

  it('refuses limits that cannot hold', async () => {
    for (const options of [{ repairs: -1 }, { replans: 0.5 }, { concurrency: 0 }, { maxSubtasks: 0 }]) {
      await expect(team([[subtask('a')]]).run(options)).rejects.toThrow(RangeError);
    }
  });
});

describe('orchestrate() when workers fail', () => {
  it('skips exactly what depends on them, and ends, whatever the plan and the failures', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), durations, fc.array(fc.nat(7)), async (plan, took, drawn) => {
        const failing = drawn.map((at) => `do s${at}`);
        const { run, log } = team([plan], { failing, took });
        const byId = new Map(plan.map((one) => [one.id, one]));
        const fate = (id: string): string => {
          const { depends_on: needs, instruction } = byId.get(id) as Subtask;
          if (needs.some((need) => fate(need) !== 'done')) return 'skipped';
          return failing.includes(instruction) ? 'failed' : 'done';
        };
        const result = await run({ replans: 0 }).catch((error: unknown) => error);
        expect(ids(log)).toEqual(ids(plan).filter((id) => fate(id) !== 'skipped'));
        if (plan.every(({ id }) => fate(id) !== 'done')) {
          expect(result).toMatchObject({ type: FailureType.StepFailed, message: expect.stringMatching(/no subtask was done; subtask "s/) });
          return;
        }
        const { outcomes, missing, output } = result as Done & { output: string };
        expect(outcomes.map(({ status }) => status)).toEqual(plan.map(({ id }) => fate(id)));
        expect(missing).toEqual(outcomes.filter(({ status }) => status !== 'done'));
        expect(output).toBe(
          ids(plan)
            .filter((id) => fate(id) === 'done')
            .map((id) => `<${id}>`)
            .join(''),
        );
        for (const outcome of outcomes) {
          if (outcome.status !== 'skipped') continue;
          expect(outcome.because).toEqual(outcome.subtask.depends_on.filter((need) => fate(need) !== 'done'));
        }
      }),
    );
  });

  it('asks for a new plan with what is done and what failed, keeps what is done, and does the rest', async () => {
    const first = [subtask('a'), subtask('b'), subtask('c', 'b'), subtask('d', 'a')];
    const second = [subtask('a'), { ...subtask('b'), instruction: 'do b in another way' }, subtask('c', 'b', 'd')];
    const { run, asked, log } = team([first, second], { failing: ['do b'] });
    const result = await run();
    expect(asked[1]).toEqual({
      problems: [],
      previous: first,
      done: [
        { id: 'a', output: '<a>' },
        { id: 'd', output: '<d>' },
      ],
      failed: [{ subtask: first[1], reason: 'Cannot use the answer: b' }],
    });
    expect(statuses(result)).toEqual(['0 a done', '0 b failed', '0 c skipped', '0 d done', '1 b done', '1 c done']);
    expect(log.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'b', 'c']);
    expect(result).toMatchObject({ output: '<a><b><c><d>', missing: [], replans: 1 });
  });

  it('takes an empty new plan for enough', async () => {
    const { run } = team([[subtask('a'), subtask('b')], []], { failing: ['do b'] });
    await expect(run()).resolves.toMatchObject({ output: '<a>', missing: [], replans: 1 });
  });

  it('plans again only as often as allowed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(4), async (replans) => {
        const { run, asked, log } = team([[subtask('a'), subtask('b')]], { failing: ['do b'] });
        const result = await run({ replans });
        expect(result).toMatchObject({ output: '<a>', replans, missing: [{ status: 'failed', subtask: { id: 'b' }, plan: replans }] });
        expect(asked).toHaveLength(replans + 1);
        expect(log.filter(({ id }) => id === 'a')).toHaveLength(1);
      }),
    );
  });

  it('goes on with what is done when the planner has no valid new plan', async () => {
    const { run } = team([[subtask('a'), subtask('b')], [subtask('b', 'b')]], { failing: ['do b'] });
    const heard: unknown[] = [];
    const result = await run({ onReplanFailed: (error) => heard.push(error) });
    expect(result).toMatchObject({ output: '<a>', replans: 0, missing: [{ status: 'failed' }] });
    expect(heard).toEqual([expect.objectContaining({ type: FailureType.StepFailed })]);
  });

  it('fails with the name of the subtask when told to, and ends the rest', async () => {
    const plan = [subtask('a'), subtask('slow'), subtask('b', 'a')];
    const { run, log } = team([plan], { failing: ['do a'], took: (id) => (id === 'slow' ? 9 : 1) });
    let ended = 0;
    await expect(run({ replans: 0, ifWorkersFail: 'fail', cancelRest: () => (ended += 1) })).rejects.toMatchObject({
      type: FailureType.OutputRejected,
      message: 'Cannot finish subtask "a": Cannot use the answer: a',
    });
    expect({ ended, did: ids(log) }).toEqual({ ended: 1, did: ['a', 'slow'] });
  });

  it.each(runWide)('does not tolerate %s of a worker, of the planner or in the end', async (_what, error) => {
    const fail = async () => Promise.reject(error);
    const { steps, clock } = team([[subtask('a')]]);
    for (const broke of [{ plan: fail }, { work: fail }, { synthesise: fail }]) {
      await expect(clock.run(() => orchestrate({ ...steps, ...broke }))).rejects.toBe(error);
    }
  });

  it('ends although a worker throws before it returns a promise', async () => {
    const { steps, clock } = team([[subtask('a'), subtask('b')]]);
    const work = ({ id }: Subtask) => {
      if (id === 'a') throw broken('at once');
      return Promise.resolve(id);
    };
    await expect(clock.run(() => orchestrate({ ...steps, work }, { replans: 0 }))).resolves.toMatchObject({ output: 'b' });
  });
});
