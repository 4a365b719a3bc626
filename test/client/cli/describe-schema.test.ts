import { describeSchema } from '../../../client/cli/describe-schema';
import { pipelines } from '../../../common/pipelines';

describe('describeSchema()', () => {
  test('names what is needed of an input, and the defaults', () => {
    expect(describeSchema(pipelines.article.input, 'input')).toEqual([
      { name: 'topic', type: 'string', need: 'required', description: 'What it is about' },
      { name: 'audience', type: 'string', need: 'default "software developers"', description: 'Who reads it' },
    ]);
  });

  test.each(Object.values(pipelines))('names every field of the result of $name', ({ result }) => {
    const names = describeSchema(result, 'output').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(result.shape)));
  });
});
