import { variantsOf, type Variant } from '../../../workflows/patterns/variants';
import { vote } from '../../../workflows/patterns/vote';

export async function isComplaint(classify: (voter: Variant) => Promise<{ choice: string; because: string }>) {
  const voters = variantsOf(['Judge by tone.', 'Judge by what is asked for.', 'Judge as the customer would.']);
  const { winner, decidedBy, distribution } = await vote(voters, { choices: ['complaint', 'question'], cast: classify }, { atLeast: 2 });
  return { winner, decidedBy, distribution };
}
