import fc from 'fast-check';

import { variantsOf } from '../../../workflows/patterns/variants';

describe('variantsOf()', () => {
  it('never makes two tries that ask the very same', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 20 }), (instructions, count) => {
        const variants = variantsOf(instructions, count);
        expect(variants.map(({ index }) => index)).toEqual([...Array(count).keys()]);
        expect(new Set(variants.map(({ instruction, sample }) => JSON.stringify([instruction, sample]))).size).toBe(count);
        const uses = instructions.map((instruction) => variants.filter((variant) => variant.instruction === instruction).length);
        expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('makes one try an instruction unless told otherwise', () => {
    expect(variantsOf(['plain', 'bold'])).toEqual([
      { index: 0, instruction: 'plain', sample: 0 },
      { index: 1, instruction: 'bold', sample: 0 },
    ]);
  });

  it.each([
    [[], 1, 'no instruction is given'],
    [['a'], 0, "'count' must be a whole number from 1; current value is 0"],
    [['a'], 1.5, "'count' must be a whole number from 1; current value is 1.5"],
  ])('refuses %j times %d', (instructions, count, message) => {
    expect(() => variantsOf(instructions, count)).toThrow(message);
  });
});
