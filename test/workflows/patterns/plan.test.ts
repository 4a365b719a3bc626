import fc from 'fast-check';

import { problemsOfPlan } from '../../../workflows/patterns/plan';
import { plans, subtask } from './plans';

describe('problemsOfPlan()', () => {
  it('finds nothing in a plan without cycles', () => {
    fc.assert(fc.property(plans(), (plan) => expect(problemsOfPlan(plan, { workers: ['w'] })).toEqual([])));
  });

  it('refuses a cycle wherever it is closed, and names who waits for whom', () => {
    fc.assert(
      fc.property(plans(), fc.integer({ min: 1, max: 5 }), fc.nat(), (plan, length, place) => {
        const ring = Array.from({ length }, (_, at) => subtask(`r${at}`, `r${(at + 1) % length}`, 's0'));
        const at = place % (plan.length + 1);
        const problems = problemsOfPlan([...plan.slice(0, at), ...ring, ...plan.slice(at)]);
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatch(/^the subtasks "r\d"(?: → "r\d")+ wait for each other$/);
        for (const { id } of ring) expect(problems[0]).toContain(`"${id}"`);
      }),
    );
  });

  it('refuses each missing dependency, naming it', () => {
    fc.assert(
      fc.property(plans(), fc.nat(), (plan, place) => {
        const at = place % plan.length;
        const broken = plan.map((one, index) => (index === at ? { ...one, depends_on: [...one.depends_on, 'gone'] } : one));
        expect(problemsOfPlan(broken)).toEqual([
          expect.stringMatching(new RegExp(`^the subtask "${plan[at]?.id}" depends on "gone", which is no subtask; the subtasks are "s`)),
        ]);
      }),
    );
  });

  it('refuses each id that is given twice, once', () => {
    fc.assert(
      fc.property(plans(), fc.nat(), (plan, place) => {
        const id = plan[place % plan.length]?.id as string;
        const problems = problemsOfPlan([...plan, subtask(id), subtask(id)]);
        expect(problems).toEqual([`the id "${id}" is given to 3 subtasks; each needs its own`]);
      }),
    );
  });

  it('lists all problems at once', () => {
    const plan = [subtask('a', 'a'), { ...subtask('b', 'x'), worker: 'nobody' }, { ...subtask('c'), instruction: ' ' }, subtask('a')];
    expect(problemsOfPlan(plan, { workers: ['w', 'v'], maxSubtasks: 3 })).toEqual([
      'the plan has 4 subtasks; at most 3 are allowed',
      'the id "a" is given to 2 subtasks; each needs its own',
      'the subtask "b" names the unknown worker "nobody"; the workers are "w", "v"',
      'the subtask "b" depends on "x", which is no subtask; the subtasks are "a", "b", "c"',
      'the subtask "c" has no instruction',
      'the subtasks "a" → "a" wait for each other',
    ]);
  });

  it('refuses an empty plan, a subtask without a name and one without a worker', () => {
    expect(problemsOfPlan([])).toEqual(['the plan is empty; it needs at least one subtask']);
    expect(problemsOfPlan([subtask('')])).toEqual(['a subtask has no id']);
    expect(problemsOfPlan([{ ...subtask('a'), worker: '' }])).toEqual(['the subtask "a" names no worker']);
  });

  it('lets what is done be depended on, and an empty plan pass when something is done', () => {
    expect(problemsOfPlan([subtask('b', 'a')], { done: ['a'] })).toEqual([]);
    expect(problemsOfPlan([], { done: ['a'] })).toEqual([]);
    expect(problemsOfPlan([subtask('a', 'b'), subtask('b', 'a')], { done: ['a'] })).toEqual([]);
  });

  it('names separate cycles separately', () => {
    const problems = problemsOfPlan([subtask('a', 'b'), subtask('b', 'a'), subtask('c', 'd', 'a'), subtask('d', 'c'), subtask('e', 'c')]);
    expect(problems).toEqual(['the subtasks "a" → "b" → "a" wait for each other', 'the subtasks "c" → "d" → "c" wait for each other']);
  });
});
