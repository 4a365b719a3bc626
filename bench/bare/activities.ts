import type Anthropic from '@anthropic-ai/sdk';

import type { Findings, Section } from '../../agents/schemas';
import { requestsOf, type BareRequest } from './requests';

export interface Material {
  readonly topic: string;
  readonly findings: readonly Findings[];
}

/** The seven steps as anybody would write them with Temporal and the SDK: ask, parse, return. */
export function createBareActivities(claude: Anthropic) {
  const ask = async <Answer>(request: BareRequest): Promise<Answer> => {
    const { content, stop_reason: stopReason } = await claude.messages.create(request);
    if (stopReason !== 'end_turn') throw new Error(`Cannot use the answer: it ended with "${stopReason}"; try again`);
    const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    return JSON.parse(text) as Answer; // the format was asked for, and nobody checks it here
  };
  const requests = {
    researcher: requestsOf('researcher'),
    outliner: requestsOf('outliner'),
    writer: requestsOf('writer'),
    title: requestsOf('title'),
    seo: requestsOf('seo'),
  };
  return {
    bareResearch: ({ topic, angle }: { topic: string; angle: string }) =>
      ask<Findings>(requests.researcher(`Topic: ${topic}\n\nAngle: ${angle}\n\nAudience: developers`)),
    bareOutline: ({ topic, findings }: Material) =>
      ask<{ sections: Section[] }>(requests.outliner(`Topic: ${topic}\n\nFindings: ${JSON.stringify(findings, null, 1)}`)),
    bareDraft: ({ topic, findings, outline }: Material & { readonly outline: readonly Section[] }) =>
      ask<{ draft: string }>(
        requests.writer(
          `Topic: ${topic}\n\nOutline: ${JSON.stringify(outline, null, 1)}\n\nFindings: ${JSON.stringify(findings, null, 1)}`,
        ),
      ),
    bareTitle: ({ topic, draft }: { topic: string; draft: string }) =>
      ask<{ title: string }>(requests.title(`Topic: ${topic}\n\nDraft: ${draft}`)),
    bareSeo: ({ topic, draft }: { topic: string; draft: string }) =>
      ask<{ description: string }>(requests.seo(`Topic: ${topic}\n\nDraft: ${draft}`)),
  };
}

export type BareActivities = ReturnType<typeof createBareActivities>;
