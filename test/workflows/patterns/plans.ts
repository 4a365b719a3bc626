import fc from 'fast-check';

import type { Subtask } from '../../../workflows/patterns/plan';

export const subtask = (id: string, ...needs: string[]): Subtask => ({ id, worker: 'w', instruction: `do ${id}`, depends_on: needs });

/** Valid plans of 1 to `most` subtasks, in any order of writing. */
export const plans = (most = 8): fc.Arbitrary<Subtask[]> =>
  fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: most }).chain((drawn) => {
    const made = drawn.map((needs, at) => subtask(`s${at}`, ...(at === 0 ? [] : new Set(needs.map((need) => `s${need % at}`)))));
    return fc.shuffledSubarray(made, { minLength: made.length });
  });
