import { sequence } from '../../../workflows/patterns/sequence';

type Edit = (text: string) => Promise<string>;

export async function polish(draft: string, { shorten, translate, check }: { shorten: Edit; translate: Edit; check: Edit }) {
  const { output, stages } = await sequence(draft, [
    { name: 'shorten', run: shorten },
    { name: 'translate', run: translate },
    { name: 'check', run: check, critical: false },
  ]);
  return { text: output, skipped: stages.filter(({ status }) => status === 'skipped').map(({ name }) => name) };
}
