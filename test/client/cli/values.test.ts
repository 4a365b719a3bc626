import { count, dollars, duration, oneOf, port } from '../../../client/cli/values';

describe('values of flags', () => {
  test.each([
    [dollars, '0.50', 0.5],
    [dollars, '$2', 2],
    [count, '20000', 20_000],
    [count, '20_000', 20_000],
    [port, '7233', 7_233],
    [duration, '500ms', 500],
    [duration, '90s', 90_000],
    [duration, '15m', 900_000],
    [duration, '2h', 7_200_000],
    [duration, '1.5d', 129_600_000],
  ])('%p reads %s as %d', (parser, value, expected) => {
    expect(parser('--flag')(value)).toBe(expected);
  });

  test.each([
    [dollars, '-5', /^Cannot read --flag "-5": not an amount above 0/],
    [dollars, '0', /above 0/],
    [dollars, 'ten', /above 0/],
    [dollars, '', /above 0/],
    [dollars, 'Infinity', /above 0/],
    [count, '1.5', /not a whole number above 0/],
    [count, '0', /not a whole number above 0/],
    [port, '70000', /not a port/],
    [port, '0', /not a port/],
    [duration, '2', /not a duration/],
    [duration, '2 hours', /not a duration/],
    [duration, '0s', /not a duration/],
    [duration, '-1h', /not a duration/],
  ])('%p refuses "%s"', (parser, value, message) => {
    expect(() => parser('--flag')(value)).toThrow(message);
  });

  test('oneOf() lists what is allowed', () => {
    expect(oneOf('--lane', ['a', 'b'])('a')).toBe('a');
    expect(() => oneOf('--lane', ['a', 'b'])('c')).toThrow('Cannot read --lane "c": no such value; choose one of a, b');
  });
});
