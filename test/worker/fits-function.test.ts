import { readFileSync } from 'node:fs';
import path from 'node:path';

import { FUNCTION_LIFE_MS, FUNCTION_WINDOW_MS } from '../../common/routing';
import { misfitsOf, refuseMisfits } from '../../worker/fits-function';

const MINUTE = 60_000;

describe('refuseMisfits()', () => {
  it('has nothing against a function of fifteen minutes', () => {
    expect(misfitsOf(FUNCTION_LIFE_MS)).toEqual([]);
    expect(() => refuseMisfits(FUNCTION_LIFE_MS)).not.toThrow();
  });

  it('names what does not fit a shorter one, longest first, in one line', () => {
    const placements = {
      title: { startToCloseMs: MINUTE },
      writer: { startToCloseMs: 5 * MINUTE },
      novelist: { startToCloseMs: 7 * MINUTE },
      editor: { startToCloseMs: 5 * MINUTE },
      critic: { startToCloseMs: 5 * MINUTE },
      files: { startToCloseMs: MINUTE, needs: 'pool' as const },
    };
    expect(() => refuseMisfits(3 * MINUTE, placements)).toThrow(
      'Cannot serve from a function of 180 s: a call that it takes last has 88 s, and these may need longer: ' +
        '"novelist" (420 s), "writer" (300 s), "editor" (300 s) and 1 more; let the function live 900 s',
    );
  });

  it('never says that a call has as long as it needs', () => {
    const placements = { title: { startToCloseMs: 88_501 } };
    expect(() => refuseMisfits(3 * MINUTE, placements)).toThrow('has 88 s, and these may need longer: "title" (89 s); ');
    expect(() => refuseMisfits(3 * MINUTE + 10, placements)).not.toThrow();
  });

  it('leaves out what the pool serves', () => {
    expect(misfitsOf(MINUTE, { files: { startToCloseMs: 5 * MINUTE, needs: 'pool' } })).toEqual([]);
    expect(misfitsOf(MINUTE, { epic: { startToCloseMs: 20 * MINUTE } })).toEqual([]);
  });

  it('says of a function of five minutes what docs/routing.md shows', () => {
    const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'routing.md'), 'utf8');
    const [shown = ''] = /^Cannot serve from .*$/m.exec(page) ?? [];
    expect(() => refuseMisfits(5 * MINUTE)).toThrow(new Error(shown));
  });

  it('counts roles that are made at run time, which may need the whole window', () => {
    expect(misfitsOf(FUNCTION_WINDOW_MS * 2)).toEqual([{ name: 'agent', needsMs: FUNCTION_WINDOW_MS }]);
  });
});
