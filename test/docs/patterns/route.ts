import { route, type Classification } from '../../../workflows/patterns/route';

type Answer = () => Promise<string>;

export async function desk(classify: () => Promise<Classification>, { code, general }: { code: Answer; general: Answer }) {
  const { output, decision } = await route(
    { classify, specialists: { code, general }, fallback: 'general' },
    { minConfidence: 0.7, ifClassifierFails: 'fallback' },
  );
  return { answer: output, by: decision.route, why: decision.why };
}
