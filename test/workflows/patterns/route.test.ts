import fc from 'fast-check';

import { route, type RouteDecision } from '../../../workflows/patterns/route';
import { broken, runWide } from './branches';

const NAMES = ['code', 'data', 'general'] as const;
type Name = (typeof NAMES)[number];

/** A pool that says who worked; those in `failing` fail. */
function desk(choice: string, confidence: number, failing: readonly string[] = []) {
  const asked: string[] = [];
  const work = (name: Name) => async () => {
    asked.push(name);
    return failing.includes(name) ? Promise.reject(broken(name)) : `by ${name}`;
  };
  const steps = {
    classify: async () => ({ choice, confidence }),
    specialists: { code: work('code'), data: work('data'), general: work('general') },
    fallback: 'general' as const,
  };
  return { steps, asked };
}

describe('route()', () => {
  it('hands a known class to its specialist when confident enough, and everything else to the fallback', async () => {
    const word = fc.oneof(fc.constantFrom(...NAMES, 'toString', 'constructor', '__proto__', 'Code'), fc.string());
    const confidences = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double());
    await fc.assert(
      fc.asyncProperty(word, confidences, fc.double({ min: 0, max: 1, noNaN: true }), async (choice, stated, minConfidence) => {
        const { steps, asked } = desk(choice, stated);
        const told: Array<RouteDecision<Name>> = [];
        const { output, decision } = await route(steps, { minConfidence, onRouted: (made) => told.push(made) });
        const confidence = stated >= 0 && stated <= 1 ? stated : 0;
        const known = NAMES.find((name) => name === choice);
        const chosen = known !== undefined && confidence >= minConfidence;
        expect(decision).toEqual({
          route: chosen ? known : 'general',
          why: chosen ? 'chosen' : known === undefined ? 'unknown class' : 'low confidence',
          classified: choice,
          confidence,
        });
        expect({ output, asked, told }).toEqual({ output: `by ${decision.route}`, asked: [decision.route], told: [decision] });
      }),
    );
  });

  it('takes a confidence that just reaches the threshold', async () => {
    await expect(route(desk('code', 0.6).steps)).resolves.toMatchObject({ decision: { why: 'chosen' } });
    await expect(route(desk('code', 0.599).steps)).resolves.toMatchObject({ decision: { why: 'low confidence' } });
  });

  it('tells the decision before the specialist begins', async () => {
    const { steps, asked } = desk('code', 0.9);
    await route(steps, { onRouted: () => asked.push('told') });
    expect(asked).toEqual(['told', 'code']);
  });

  it('takes the fallback for a failed classifier only when told to', async () => {
    const error = broken('no class');
    const steps = { ...desk('code', 1).steps, classify: async () => Promise.reject(error) };
    await expect(route(steps)).rejects.toBe(error);
    await expect(route(steps, { ifClassifierFails: 'fallback' })).resolves.toEqual({
      output: 'by general',
      decision: { route: 'general', why: 'classifier failed', classified: null, confidence: null, error },
    });
  });

  it('takes the fallback for a failed specialist only when told to, and tells both decisions', async () => {
    const { steps, asked } = desk('code', 0.9, ['code']);
    await expect(route(steps)).rejects.toThrow('code');
    const told: string[] = [];
    const result = await route(steps, { ifSpecialistFails: 'fallback', onRouted: ({ why }) => told.push(why) });
    expect(result).toMatchObject({ output: 'by general', decision: { why: 'specialist failed', classified: 'code', confidence: 0.9 } });
    expect({ asked, told }).toEqual({ asked: ['code', 'code', 'general'], told: ['chosen', 'specialist failed'] });
  });

  it('asks a failed fallback once', async () => {
    const { steps, asked } = desk('general', 0.9, ['general']);
    await expect(route(steps, { ifSpecialistFails: 'fallback' })).rejects.toThrow('general');
    expect(asked).toEqual(['general']);
  });

  it.each(runWide)('tolerates %s neither from the classifier nor from a specialist', async (_, error) => {
    const { steps } = desk('code', 1);
    const failing = async () => Promise.reject(error);
    const options = { ifClassifierFails: 'fallback', ifSpecialistFails: 'fallback' } as const;
    await expect(route({ ...steps, classify: failing }, options)).rejects.toBe(error);
    await expect(route({ ...steps, specialists: { ...steps.specialists, code: failing } }, options)).rejects.toBe(error);
  });

  it('refuses a fallback that is no specialist and a confidence outside of 0 and 1', async () => {
    const { steps } = desk('code', 1);
    await expect(route({ ...steps, fallback: 'nobody' as Name })).rejects.toThrow(
      'Cannot route: the fallback "nobody" is no specialist; the specialists are "code", "data", "general"',
    );
    await expect(route(steps, { minConfidence: 1.1 })).rejects.toThrow("'minConfidence' must be from 0 to 1; current value is 1.1");
  });
});
