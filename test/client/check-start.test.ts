import { checkStart } from '../../client/check-start';
import { TroupeError } from '../../common/troupe-error';

function refusal(start: () => unknown): TroupeError {
  try {
    start();
  } catch (error) {
    if (error instanceof TroupeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('checkStart()', () => {
  test('fills defaults and finds the subject', () => {
    const checked = checkStart('article', { topic: '  RAG  ' }, { budgetUsd: 1, id: 'a' });
    expect(checked).toMatchObject({ pipeline: 'article', id: 'a', subject: 'RAG', options: { budgetUsd: 1 } });
    expect(checked.input).toEqual({ topic: 'RAG', audience: 'software developers' });
  });

  test('gives the same hash to an input with its defaults left out and spelled out', () => {
    expect(checkStart('article', { topic: 'RAG' }).hash).toBe(
      checkStart('article', { topic: 'RAG', audience: 'software developers' }).hash,
    );
  });

  test.each([
    [
      'an unknown pipeline',
      () => checkStart('artikel', {}),
      /^Cannot start "artikel": no such pipeline \(did you mean "article"\?\); choose one of .*article/,
    ],
    ['a name from the prototype', () => checkStart('toString', {}), /no such pipeline/],
    ['an empty topic', () => checkStart('article', { topic: ' ' }), /^Cannot start "article": "topic" must not be empty/],
    ['an unknown field', () => checkStart('article', { topic: 'T', audiense: 'x' }), /unknown field "audiense"; did you mean "audience"\?/],
    ['no object', () => checkStart('article', 'T'), /^Cannot start "article": the value must be an object/],
    ['a negative budget', () => checkStart('article', { topic: 'T' }, { budgetUsd: -1 }), /"budgetUsd"/],
    ['a budget that is no number', () => checkStart('article', { topic: 'T' }, { budgetUsd: Number.NaN }), /"budgetUsd"/],
    [
      'a lane that does not exist',
      () => checkStart('article', { topic: 'T' }, { lane: 'fast' as never }),
      /options: "lane" must be one of/,
    ],
    ['an id with a line break', () => checkStart('article', { topic: 'T' }, { id: 'a\nb' }), /id "a\\nb" is not usable/],
    ['an empty id', () => checkStart('article', { topic: 'T' }, { id: '' }), /id "" is not usable/],
  ])('refuses %s in one line', (_what, start, message) => {
    const error = refusal(start);
    expect(error.code).toBe('invalid-input');
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
  });
});
