import { proxyActivities } from '@temporalio/workflow';

import type { BareActivities } from './activities';

const { bareResearch, bareOutline, bareDraft, bareTitle, bareSeo } = proxyActivities<BareActivities>({ startToCloseTimeout: '1m' });

const ANGLES = ['fundamentals', 'use cases', 'pitfalls'];

/** The article pipeline without Troupe: the same seven calls in the same order, and nothing else. */
export async function bareArticle({ topic }: { readonly topic: string }) {
  const findings = await Promise.all(ANGLES.map((angle) => bareResearch({ topic, angle })));
  const { sections: outline } = await bareOutline({ topic, findings });
  const { draft } = await bareDraft({ topic, findings, outline });
  const [{ title }, { description }] = await Promise.all([bareTitle({ topic, draft }), bareSeo({ topic, draft })]);
  return { title, seoDescription: description, outline, draft, findings };
}
