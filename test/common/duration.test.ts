import { shortDuration } from '../../common/duration';

test.each([
  [1_000, '1s'],
  [90_000, '90s'],
  [150 * 60_000, '150m'],
  [7_200_000, '2h'],
  [172_800_000, '2d'],
  [1_500, '1500ms'],
  [0, '0ms'],
])('shortDuration() of %d ms is %s', (milliseconds, words) => {
  expect(shortDuration(milliseconds)).toBe(words);
});
