import { randomFrom } from '../../../simulator/random';
import { needAfter, sliceFor } from '../../../workflows/job/slices';
import type { Amount } from '../../../workflows/run/budget';

const NONE: Amount = { pico: 0, tokens: 0 };

describe('sliceFor()', () => {
  it.each([
    ['an even share', { left: { pico: 100, tokens: 50 }, places: 4, need: NONE, rowCap: Infinity }, { pico: 25, tokens: 12 }],
    [
      'what rows have needed, where that is more',
      { left: { pico: 100, tokens: 50 }, places: 10, need: { pico: 60, tokens: 1 }, rowCap: Infinity },
      { pico: 60, tokens: 5 },
    ],
    ['no more than a row may cost', { left: { pico: 100, tokens: 50 }, places: 1, need: NONE, rowCap: 30 }, { pico: 30, tokens: 50 }],
    [
      'no limit where there is none',
      { left: { pico: Infinity, tokens: 50 }, places: 2, need: NONE, rowCap: Infinity },
      { pico: Infinity, tokens: 25 },
    ],
  ])('gives %s', (_, request, slice) => {
    expect(sliceFor(request)).toEqual(slice);
  });

  it.each([
    ['less is left than a row needs', { left: { pico: 50, tokens: 50 }, places: 1, need: { pico: 60, tokens: 0 }, rowCap: Infinity }],
    ['too few tokens are left', { left: { pico: Infinity, tokens: 50 }, places: 1, need: { pico: 0, tokens: 51 }, rowCap: Infinity }],
    ['nothing is left', { left: { pico: 0, tokens: 50 }, places: 1, need: NONE, rowCap: Infinity }],
    ['more is spent than there was', { left: { pico: -5, tokens: 50 }, places: 1, need: NONE, rowCap: Infinity }],
  ])('gives nothing when %s', (_, request) => {
    expect(sliceFor(request)).toBeNull();
  });

  it('never gives more than is left, and a job that uses it always ends or holds', () => {
    const random = randomFrom('slices');
    for (let round = 0; round < 500; round += 1) {
      const limit: Amount = {
        pico: random.chance(0.2) ? Infinity : random.int(1, 1_000_000),
        tokens: random.chance(0.5) ? Infinity : random.int(1, 100_000),
      };
      const concurrency = random.int(1, 20);
      const rowCap = random.chance(0.3) ? random.int(1, 100_000) : Infinity;
      expect(play({ limit, concurrency, rowCap, rows: random.int(1, 60), random })).toBe('ended');
    }
  });
});

interface Game {
  readonly limit: Amount;
  readonly concurrency: number;
  readonly rowCap: number;
  readonly rows: number;
  readonly random: ReturnType<typeof randomFrom>;
}

/** A job in small: rows need different amounts, fail with too little, and come back with more. */
function play({ limit, concurrency, rowCap, rows, random }: Game): 'ended' | 'endless' {
  const needs = Array.from({ length: rows }, () => ({ pico: random.int(1, 50_000), tokens: random.int(1, 5_000) }));
  const queue = [...needs];
  const open: Array<{ slice: Amount; needs: Amount }> = [];
  let spent: Amount = NONE;
  let need: Amount = NONE;
  for (let step = 0; step < 20_000; step += 1) {
    const granted = open.reduce((sum, { slice }) => ({ pico: sum.pico + slice.pico, tokens: sum.tokens + slice.tokens }), NONE);
    const left = { pico: free(limit.pico, spent.pico + granted.pico), tokens: free(limit.tokens, spent.tokens + granted.tokens) };
    const places = concurrency - open.length;
    const wanted = { ...need, pico: Math.min(need.pico, rowCap) };
    const [row] = queue;
    const slice = row === undefined || places <= 0 ? null : sliceFor({ left, places, need: wanted, rowCap });
    if (row !== undefined && slice !== null) {
      expect(slice.pico).toBeLessThanOrEqual(Math.min(left.pico, rowCap));
      expect(slice.tokens).toBeLessThanOrEqual(left.tokens);
      queue.shift();
      open.push({ slice, needs: row });
      continue;
    }
    const ended = open.splice(random.int(0, Math.max(0, open.length - 1)), 1)[0];
    // Nothing is open: the job is done, or on hold.
    if (ended === undefined) return 'ended';
    const enough = ended.needs.pico <= ended.slice.pico && ended.needs.tokens <= ended.slice.tokens;
    if (enough) spent = { pico: spent.pico + ended.needs.pico, tokens: spent.tokens + ended.needs.tokens };
    else if (ended.slice.pico < rowCap) {
      need = needAfter(need, ended.slice);
      queue.unshift(ended.needs);
    }
    expect(spent.pico).toBeLessThanOrEqual(limit.pico);
    expect(spent.tokens).toBeLessThanOrEqual(limit.tokens);
  }
  return 'endless';
}

const free = (limit: number, used: number): number => (Number.isFinite(limit) ? limit - used : limit);

describe('needAfter()', () => {
  it('grows by half of what was too little, and never shrinks', () => {
    expect(needAfter({ pico: 10, tokens: 7 }, { pico: 20, tokens: 2 })).toEqual({ pico: 30, tokens: 7 });
    expect(needAfter({ pico: 10, tokens: 7 }, { pico: Infinity, tokens: 10 })).toEqual({ pico: 10, tokens: 15 });
  });

  it('grows in what was short, where that is known', () => {
    expect(needAfter({ pico: 10, tokens: 7 }, { pico: 1_000, tokens: 10 }, ['tokens'])).toEqual({ pico: 10, tokens: 15 });
    expect(needAfter({ pico: 10, tokens: 7 }, { pico: 20, tokens: 9_000 }, ['usd'])).toEqual({ pico: 30, tokens: 7 });
  });
});
