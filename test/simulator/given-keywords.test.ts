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
      expect(title).toBe('Fellside Insulated Water Bottle'.slice(titleCharacters < 31 ? 9 : 0));
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
      expect(metaDescription).toMatch(/^Looking for an insulated water bottle\? (?:Fellside Bottle|It) is made of stainless steel\./);
      expect(metaDescription.length).toBeLessThanOrEqual(metaCharacters);
    }
  });
});

describe('searchedText() of a row of a shop', () => {
  const rowOf = (name: string, keyword: string, attributes: Record<string, string | number> = { material: 'steel' }) => {
    const row = { product: { name, attributes }, keywords: [keyword] };
    const asked = { output: launchCopywriter.output, prompt: launchCopywriter.prompt({ ...row, insights, titleCharacters: 70 }) };
    const texts = launchCopywriter.output.parse(answer(asked));
    expect(answer(asked)).toEqual(texts);
    const seo = launchSeo.output.parse(answer({ output: launchSeo.output, prompt: launchSeo.prompt({ ...row, metaCharacters: 155 }) }));
    return { ...texts, ...seo };
  };

  it.each([
    ['Brook “Clear” Glass Bottle', 'Water bottles', 'Brook “Clear” Glass Water Bottles', 'Looking for water bottles?'],
    ['Morning Gooseneck Kettle', 'Electric Kettles', 'Morning Gooseneck Electric Kettles', 'Looking for electric kettles?'],
    ['Summit Day Pack', 'hiking backpack', 'Summit Day Pack | Hiking Backpack', 'Looking for a hiking backpack?'],
    ['Arc Desk Lamp', 'LED desk lamp', 'Arc LED Desk Lamp', 'Looking for an LED desk lamp?'],
    ['Hearth Bread Tin', 'bread tin', 'Hearth Bread Tin', 'Looking for a bread tin?'],
  ])('calls "%s" that is found as "%s" "%s"', (name, keyword, title, question) => {
    const texts = rowOf(name, keyword);
    expect(texts.title).toBe(title);
    expect(texts.metaDescription).toBe(`${question} ${name} is made of steel.`);
    // Few facts make no fact twice.
    expect(new Set(texts.bullets).size).toBe(texts.bullets.length);
  });

  it('says each fact in a sentence', () => {
    const attributes = {
      Brand: 'Ines & Co',
      'keeps cold': '24 hours',
      color: 'Forest green, Slate',
      pockets: 6,
      'made in': 'Portugal',
      'dishwasher safe': 'yes',
      warranty: '5 years',
    };
    const { description } = rowOf('Fellside Flask', 'flask', attributes);
    expect(description).toBe(
      'Fellside Flask is made by Ines & Co. It keeps cold for 24 hours. It comes in forest green and slate. It has 6 pockets. ' +
        'It is made in Portugal. It is dishwasher safe. Its warranty is 5 years. People who search for “flask” find it here.',
    );
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
