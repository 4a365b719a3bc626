import { bestOf, type Judgement } from '../../../workflows/patterns/best-of';
import { variantsOf, type Variant } from '../../../workflows/patterns/variants';

export async function bestTitle(write: (variant: Variant) => Promise<string>, judge: (titles: readonly string[]) => Promise<Judgement>) {
  const variants = variantsOf(['Name the gain.', 'Name the problem.'], 4);
  const { winner, variant, reason } = await bestOf(variants, { propose: write, judge }, { atLeast: 2, ifJudgeFails: 'first' });
  return { title: winner, asked: variant.instruction, reason };
}
