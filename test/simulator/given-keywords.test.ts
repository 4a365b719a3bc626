import { z } from 'zod';

import { launchCopywriter } from '../../agents/launch/launch-copywriter';
import { launchQa } from '../../agents/launch/launch-qa';
import { launchSeo } from '../../agents/launch/launch-seo';
import { figuresIn } from '../../common/figures';
import { writeJson } from '../../simulator/content/json-answer';
import { randomFrom } from '../../simulator/random';
import type { JsonSchema, MessagesRequest } from '../../simulator/wire';

interface Asked {
  readonly output: z.ZodType;
  readonly prompt: string;
  readonly seed?: string;
}

function answer({ output, prompt, seed = 'launch' }: Asked): unknown {
  const schema = z.toJSONSchema(output) as JsonSchema; // a schema of ours
  const request = { model: 'm', max_tokens: 1_000, messages: [{ role: 'user', content: prompt }] } as MessagesRequest; // what the writer reads of it
  return writeJson(schema, request, randomFrom(seed));
}

const product = {
  name: 'Fellside Bottle',
  category: 'Water bottles',
  attributes: { material: 'stainless steel', weight: '380 g', capacity: '0.75 l' },
};
const keywords = ['insulated water bottle', 'steel bottle'];
const insights = { praised: [], missed: [] };

describe('searchedText()', () => {
  it.each([30, 70])(
    'puts the first keyword into a title of at most %i characters and all of them into the description',
    (titleCharacters) => {
      const prompt = launchCopywriter.prompt({ product, keywords, insights, titleCharacters });
      const { title, description, bullets } = launchCopywriter.output.parse(answer({ output: launchCopywriter.output, prompt }));
      expect(title.length).toBeLessThanOrEqual(titleCharacters);
      expect(title.toLowerCase()).toContain(keywords[0]);
      for (const keyword of keywords) expect(description).toContain(keyword);
      expect(description.length).toBeGreaterThanOrEqual(150);
      expect(bullets).toContain('Material: stainless steel');
      const known = JSON.stringify(product);
      for (const text of [title, description, ...bullets]) for (const figure of figuresIn(text)) expect(known).toContain(figure.text);
    },
  );

  it('keeps a short text within the characters that the prompt asks for', () => {
    for (const metaCharacters of [70, 155]) {
      const prompt = launchSeo.prompt({ product, keywords, metaCharacters });
      const { metaDescription } = launchSeo.output.parse(answer({ output: launchSeo.output, prompt }));
      expect(metaDescription).toMatch(/^Insulated water bottle: .*Material: stainless steel\./);
      expect(metaDescription.length).toBeLessThanOrEqual(metaCharacters);
    }
  });
});

describe('writeJson()', () => {
  it('lets a reviewer mostly find nothing, and sometimes something', () => {
    const prompt = launchQa.prompt({ product, keywords, texts: [{ place: 'title', text: 'Fellside Bottle' }] });
    const counts = Array.from({ length: 200 }, (_, at) => {
      const { findings } = launchQa.output.parse(answer({ output: launchQa.output, prompt, seed: `qa ${at}` }));
      return findings.length;
    });
    const none = counts.filter((count) => count === 0).length;
    expect(none).toBeGreaterThan(140);
    expect(none).toBeLessThan(190);
  });
});
