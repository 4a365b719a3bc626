import { z } from 'zod';

import { candidateJudge } from '../../agents/best-of/candidate-judge';
import { voter } from '../../agents/vote/voter';
import { writeJson } from '../../simulator/content/json-answer';
import { randomFrom } from '../../simulator/random';
import type { JsonSchema, MessagesRequest } from '../../simulator/wire';

function answer(output: z.ZodType, prompt: string, seed: string): unknown {
  const schema = z.toJSONSchema(output) as JsonSchema; // a schema of ours
  const request = { model: 'm', max_tokens: 1_000, messages: [{ role: 'user', content: prompt }] } as MessagesRequest; // what the writer reads of it
  return writeJson(schema, request, randomFrom(seed));
}

const seeds = Array.from({ length: 100 }, (_, at) => `seed ${at}`);

describe('writeJson()', () => {
  it('chooses one of the list that the description of a text names, each now and then', () => {
    const options = ['Berlin, in May', 'no', 'yes'];
    const prompt = voter.prompt({ question: 'Where?', options, perspective: 'Judge by price.' });
    const chosen = seeds.map((seed) => voter.output.parse(answer(voter.output, prompt, seed)).choice);
    expect([...new Set(chosen)].sort()).toEqual(options);
  });

  it('points at an entry of the list that the description of an index names, and at no other', () => {
    const prompt = candidateJudge.prompt({ task: 'Name it.', candidates: ['a', 'b', 'c'] });
    const chosen = seeds.map((seed) => candidateJudge.output.parse(answer(candidateJudge.output, prompt, seed)).index);
    expect([...new Set(chosen)].sort()).toEqual([0, 1, 2]);
  });

  it('writes as ever when the material has no such list', () => {
    const output = z.object({
      choice: z.string().describe('One of the options'),
      index: z.int().min(5).max(7).describe('Index of one of the options, between 5 and 7'),
    });
    const { choice, index } = output.parse(answer(output, 'Choose.', 'seed'));
    expect(choice.length).toBeGreaterThan(0);
    expect(index).toBeGreaterThanOrEqual(5);
  });
});
