import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';

import type { Simulator } from '../../simulator';
import { readTags } from '../../simulator/content/brief';
import { clipWords, gerund, titleCase } from '../../simulator/content/language';
import { spokenLimits } from '../../simulator/content/spoken-limits';
import { topicOf } from '../../simulator/content/topic';
import { clientOf, simulatorFor, stopSimulators } from './simulator-harness';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await simulatorFor();
});
afterAll(stopSimulators);

async function answer<Schema extends z.ZodType>(schema: Schema, prompt: string, maxTokens = 8_000): Promise<z.infer<Schema>> {
  const request = { model: 'claude-sonnet-5-5', max_tokens: maxTokens, messages: [{ role: 'user' as const, content: prompt }] };
  const message = await clientOf(simulator).messages.create({ ...request, output_config: { format: zodOutputFormat(schema) } });
  const text = message.content.find((block) => block.type === 'text')?.text ?? '';
  return schema.parse(JSON.parse(text));
}

const TOPICS = [
  'How to build a RAG system with Python',
  'Remote work in small teams',
  'Why do startups fail?',
  'Electric bikes',
  'Write an article about sourdough bread',
];

describe('topicOf()', () => {
  test.each([
    ['How to build a RAG system with Python', 'a RAG system with Python', 'building a RAG system with Python', 'RAG system'],
    ['Remote work in small teams', 'remote work in small teams', 'working with remote work in small teams', 'remote work'],
    ['Choosing a CRM', 'a CRM', 'choosing a CRM', 'CRM'],
    ['What is vector search?', 'vector search', 'working with vector search', 'vector search'],
    ['Write an article about sourdough bread.', 'sourdough bread', 'working with sourdough bread', 'sourdough bread'],
    ['A complete guide to running a bakery', 'a bakery', 'running a bakery', 'bakery'],
    ['Python decorators', 'Python decorators', 'working with Python decorators', 'Python decorators'],
    ['Why do startups fail?', 'this question', 'understanding why startups fail', 'question'],
  ])('%s', (text, thing, work, short) => {
    expect(topicOf(text)).toMatchObject({ thing, work, short });
  });
});

describe('spokenLimits()', () => {
  test.each<[string, object]>([
    ['A title, at most 155 characters', { maxLength: 155 }],
    ['exactly 5 items', { minItems: 5, maxItems: 5 }],
    ['Between 5 and 7 items, most important first', { minItems: 5, maxItems: 7 }],
    ['Write 800 to 1,200 words', { minWords: 800, maxWords: 1_200 }],
    ['fewer than 10 words', { maxWords: 9 }],
    ['at least two sources', { minItems: 2 }],
    ['3 paragraphs', { paragraphs: [3, 3] }],
    ['one checkable statement, one sentence', { sentences: [1, 1] }],
    ['A number from 0 to 1', { minimum: 0, maximum: 1 }],
    ['Text\n\n{minLength: 3, maxLength: 155}', { minLength: 3, maxLength: 155 }],
    ['{maxItems: 5, minItems: 2}', { minItems: 2, maxItems: 5 }],
    ['at most 90 characters\n\n{maxLength: 80}', { maxLength: 80 }],
    ['Just words', {}],
  ])('%j', (text, limits) => {
    expect(spokenLimits(text)).toEqual(limits);
  });
});

describe('small rules of language', () => {
  test('gerund() doubles, drops and keeps', () => {
    expect(['build', 'run', 'make', 'choose', 'debug', 'lie', 'see'].map(gerund)).toEqual([
      'building',
      'running',
      'making',
      'choosing',
      'debugging',
      'lying',
      'seeing',
    ]);
  });

  test('titleCase() keeps capitals and small words', () => {
    expect(titleCase('how to build a RAG system with iOS')).toBe('How to Build a RAG System with iOS');
  });

  test('clipWords() ends neither inside a word nor on a dangling one', () => {
    expect(clipWords('A long way to the top of the hill', 24)).toBe('A long way to the top');
    expect(clipWords('Incomprehensibilities', 5)).toBe('Incom');
  });

  test('readTags() reads nested tags and survives unbalanced ones', () => {
    const tags = readTags('<a>x <b-c>y</b-c></a> <topic>t</topic> <open> </topic>');
    expect(Object.fromEntries(tags)).toEqual({ a: 'x <b-c>y</b-c>', b_c: 'y', topic: 't' });
  });
});

describe('texts', () => {
  const finding = z.object({ claim: z.string(), source: z.string() });

  test('facts differ by angle and do not repeat within one answer', async () => {
    const schema = z.object({ facts: z.array(finding).length(6) });
    const angles = ['core concepts', 'steps in practice', 'risks and mistakes'];
    const answers = await Promise.all(angles.map((angle) => answer(schema, `<topic>${TOPICS[0]}</topic><angle>${angle}</angle>`)));
    const claims = answers.flatMap(({ facts }) => facts.map((fact) => fact.claim));
    expect(new Set(claims).size).toBe(claims.length);
    for (const { facts } of answers) for (const { source } of facts) expect(source).toMatch(/^[A-Z].+ \(20\d\d\)$/);
  });

  test.each(TOPICS)('an article on "%s" uses the outline, its facts, whole sentences and no sentence twice', async (topic) => {
    const outline = ['What is at stake', 'Getting ready', 'The work itself', 'Mistakes to avoid', 'Where to go next'].map((heading) => ({
      heading,
      points: ['a', 'b'],
    }));
    const facts = [{ claim: 'Nine of ten bakers weigh their flour', source: 'Bakers Survey (2025)' }];
    const prompt = `<topic>${topic}</topic><outline>${JSON.stringify(outline)}</outline><findings>${JSON.stringify([{ angle: 'x', facts }])}</findings>`;
    const { draft } = await answer(
      z.object({ draft: z.string().min(200).describe('The article in Markdown, 800 to 1,200 words') }),
      prompt,
    );
    expect([...draft.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(outline.map(({ heading }) => heading));
    expect(draft).toContain('ine of ten bakers weigh their flour, according to the Bakers Survey (2025)');
    const words = draft.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(800);
    expect(words).toBeLessThanOrEqual(1_200);
    const paragraphs = draft.split('\n\n').filter((part) => !part.startsWith('#') && !/^(?:1\.|In short:)/.test(part));
    for (const part of paragraphs) expect(part).toMatch(/^[A-Z].*[.!?"]$/);
    expect(draft).not.toMatch(/\{|\}|undefined|<|lorem|\.\.|  /i);
    const sentences = paragraphs.flatMap((part) => part.split(/(?<=\.) /));
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  test('a description for search engines fits and names the topic', async () => {
    for (const topic of TOPICS) {
      const schema = z.object({ description: z.string().min(20).max(155).describe('The description, at most 155 characters') });
      const { description } = await answer(schema, `<topic>${topic}</topic>`);
      expect(description).toMatch(/^[A-Z].+\.$/);
      const words = topicOf(topic)
        .plain.split(' ')
        .filter((word) => word.length > 3);
      expect(words.some((word) => description.toLowerCase().includes(word.toLowerCase().slice(0, 5)))).toBe(true);
    }
  });

  test('a draft that is to be edited keeps its headings and grows', async () => {
    const draft = '## One\n\nThe first text.\n\n## Two\n\nThe second text.';
    const { text } = await answer(
      z.object({ text: z.string().describe('The whole edited text in Markdown') }),
      `<topic>Bread</topic><draft>${draft}</draft>`,
    );
    expect(text).toMatch(/^## One\n\nThe first text\.\n\n[\s\S]+\n## Two\n\nThe second text\.$/);
  });

  test('plain prose has the number of paragraphs or sentences asked for', async () => {
    const ask = async (content: string) => {
      const message = await clientOf(simulator).messages.create({
        model: 'claude-haiku-5-5',
        max_tokens: 4_000,
        messages: [{ role: 'user', content }],
      });
      return message.content.find((block) => block.type === 'text')?.text ?? '';
    };
    expect((await ask('Write 4 paragraphs about bread.')).split('\n\n')).toHaveLength(4);
    expect((await ask('Explain in 2 sentences: how yeast works')).match(/[.!?](?=\s|$)/g)).toHaveLength(2);
    expect(await ask('Write an article about tea in about 400 words.')).toMatch(/^# Tea\n\n## /);
  });
});
