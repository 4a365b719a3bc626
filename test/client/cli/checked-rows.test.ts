import { badRows } from '../../../client/cli/checked-rows';

describe('badRows()', () => {
  it('names a row by its line, and by its key when it has one', () => {
    const bad = [
      { line: 3, key: 'b', reason: '"topic" is missing' },
      { line: 4, key: `two\nlines ${'long '.repeat(50)}`, reason: 'x' },
      { line: 9, reason: 'it has 1 cell, and the header has 2' },
    ];
    const [named, long, unnamed, ...rest] = badRows('rows.csv', bad).split('\n');
    expect(named).toBe('rows.csv:3: row "b": "topic" is missing');
    expect(long).toMatch(/^rows\.csv:4: row "two lines long [long ]*…": x$/);
    expect(unnamed).toBe('rows.csv:9: it has 1 cell, and the header has 2');
    expect(rest).toEqual([]);
  });

  it('ends a long list with how many more there are', () => {
    const bad = Array.from({ length: 23 }, (_, at) => ({ line: at + 2, reason: 'x' }));
    expect(badRows('rows.csv', bad).split('\n').slice(19)).toEqual(['rows.csv:21: x', '… and 3 more']);
    expect(badRows('rows.csv', bad, { moreBad: 9 })).toMatch(/\n… and 12 more$/);
  });

  it('gives every row one line that can be read', () => {
    const [line, ...rest] = badRows('rows.csv', [{ line: 2, reason: `unknown field "a\nb${'x'.repeat(10_000)}"` }]).split('\n');
    expect(line).toMatch(/^rows\.csv:2: unknown field "a bx+…$/);
    expect([rest.length, (line ?? '').length < 500]).toEqual([0, true]);
  });
});
