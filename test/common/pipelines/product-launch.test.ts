import { pipelines } from '../../../common/pipelines/index';
import { parseInput } from '../../../common/pipelines/parse-input';

const { input } = pipelines.productLaunch;
const least = { name: 'Brook Bottle', keywords: ['glass bottle'], cost: 7.8 };
const parsed = (given: object): unknown => {
  const result = parseInput('productLaunch', input, given);
  return result.ok ? result.value : result.message;
};

describe('productLaunch input', () => {
  it('fills in the defaults', () => {
    expect(parsed(least)).toEqual({
      ...least,
      attributes: {},
      marginFloorPercent: 30,
      currency: 'USD',
      titleCharacters: 70,
      metaCharacters: 155,
    });
  });

  it.each([
    ['glass bottle; drinking bottle |bottle with sleeve;', ['glass bottle', 'drinking bottle', 'bottle with sleeve']],
    [
      ['a', ' b ', 'A'],
      ['A', 'b'],
    ],
  ])('takes keywords as %j', (keywords, expected) => {
    expect(parsed({ ...least, keywords })).toMatchObject({ keywords: expected });
  });

  it('takes attributes as an object or as one text', () => {
    expect(parsed({ ...least, attributes: { material: 'glass', weight: 410 } })).toMatchObject({
      attributes: { material: 'glass', weight: 410 },
    });
    expect(parsed({ ...least, attributes: 'material: glass; time: 10:30 | size=0.6 l;' })).toMatchObject({
      attributes: { material: 'glass', time: '10:30', size: '0.6 l' },
    });
  });

  it.each<[object, RegExp]>([
    [{ keywords: undefined }, /"keywords" is missing/],
    [{ keywords: ' ; ' }, /"keywords" needs at least 1 item/],
    [{ keywords: 5 }, /"keywords" must be a list of texts, or one text with ";" between the keywords/],
    [{ keywords: Array.from({ length: 21 }, (_, at) => `k${at}`) }, /"keywords" must not have more than 20 items/],
    [{ keywords: ['!!'] }, /"keywords\[0\]" must contain a letter or a digit/],
    [{ attributes: 'glass' }, /"attributes.glass" must not be empty/],
    [{ attributes: { a: { b: 1 } } }, /"attributes/],
    [{ cost: 0 }, /"cost" must be above 0/],
    [{ cost: 1.005 }, /"cost" must have at most two decimals/],
    [{ marginFloorPercent: 100 }, /"marginFloorPercent" must be at most 95/],
    [{ currency: 'usd' }, /"currency" must be three capital letters, like USD/],
    [{ currency: 'JPY' }, /"currency" must be a currency with two decimals/],
    [{ priceEnding: 1 }, /"priceEnding" must be at most 0.99/],
    [{ brandvoice: 'x' }, /unknown field "brandvoice"; did you mean "brandVoice"\?/],
  ])('refuses %j in one line', (wrong, message) => {
    expect(parsed({ ...least, ...wrong })).toMatch(message);
    expect(parsed({ ...least, ...wrong })).not.toMatch(/\n|undefined|Invalid input/);
  });
});
