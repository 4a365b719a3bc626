import { closest } from '../../../common/closest';
import { pipelines } from '../../../common/pipelines';
import { parseInput } from '../../../common/pipelines/parse-input';
import { readSettings } from '../../../common/settings';

/** What is said of an input of "stages", without the sentence around it. */
function wordsFor(input: unknown): string {
  const parsed = parseInput('stages', pipelines.stages.input, input);
  if (parsed.ok) throw new Error('nothing was refused');
  return parsed.message.replace(/^Cannot start "stages": /, '').replace(/; see "npx troupe pipelines stages" for the fields$/, '');
}

const stage = { name: 'n', system: 's' };

describe('parseInput()', () => {
  test.each([
    [{ topic: 'T' }, '"stages" is missing'],
    [{ stages: [stage] }, '"topic" is missing'],
    [{ topic: ' ', stages: [stage] }, '"topic" must not be empty'],
    [{ topic: 3, stages: [stage] }, '"topic" must be a text in quotes'],
    [{ topic: 'T', stages: [] }, '"stages" needs at least 1 item'],
    [{ topic: 'T', stages: [stage, { ...stage, name: 'm', max_tokens: 3 }] }, '"stages[1].max_tokens" must be at least 16'],
    [{ topic: 'T', stages: [{ ...stage, max_tokens: 70_000 }] }, '"stages[0].max_tokens" must be at most 64000'],
    [{ topic: 'T', stages: [{ ...stage, max_tokens: 16.5 }] }, '"stages[0].max_tokens" must be a whole number'],
    [
      { topic: 'T', stages: [{ ...stage, max_tokens: 1e300 }] },
      '"stages[0].max_tokens" is too large; "stages[0].max_tokens" must be at most 64000',
    ],
    [{ topic: 'T', stages: [{ ...stage, tier: 'fats' }] }, '"stages[0].tier" must be one of "fast", "balanced", "best"'],
    [{ topic: 'T', stages: [{ ...stage, sytem: 's' }] }, '"stages[0]" has an unknown field "sytem"; did you mean "system"?'],
    [{ topik: 'T', topic: 'T', stages: [stage] }, 'unknown field "topik"; did you mean "topic"?'],
    [{ colour: 'red', topic: 'T', stages: [stage] }, 'unknown field "colour"'],
    [{ topic: 'T', stages: [stage, stage] }, '"stages" must not name a stage twice'],
    ['T', 'the value must be an object'],
  ])('says of %j: %s', (input, words) => {
    expect(wordsFor(input)).toBe(words);
  });
});

describe('readSettings()', () => {
  test.each([
    [{ TROUPE_PORT: 'abc' }, 'TROUPE_PORT "abc" is not a number'],
    [{ TROUPE_PORT: '70000' }, 'TROUPE_PORT "70000" must be at most 65535'],
    [{ TROUPE_SIMULATED: 'yes' }, 'TROUPE_SIMULATED "yes" must be one of "0", "1"'],
    [{ ANTHROPIC_BASE_URL: 'no address' }, 'ANTHROPIC_BASE_URL: is not an address; give one like http://127.0.0.1:8080'],
  ])('says of %j: %s', (env, words) => {
    expect(() => readSettings(env)).toThrow(`Cannot read the environment: ${words}; see .env.example`);
  });
});

describe('closest()', () => {
  test.each([
    ['artikel', 'article'],
    ['Article', 'article'],
    ['breif', 'brief'],
    ['poem', undefined],
    ['x'.repeat(10_000), undefined],
  ])('of %s is %s', (name, known) => {
    expect(closest(name, Object.keys(pipelines))).toBe(known);
  });
});
