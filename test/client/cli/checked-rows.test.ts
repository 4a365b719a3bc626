import { badRow } from '../../../client/cli/checked-rows';

describe('badRow()', () => {
  it('names a row by its line, and by its key when it has one', () => {
    const bad = [
      { line: 3, key: 'b', reason: '"topic" is missing' },
      { line: 4, key: `two\nlines ${'long '.repeat(50)}`, reason: 'x' },
      { line: 9, reason: 'it has 1 cell, and the header has 2' },
    ];
    const [named, long, unnamed, ...rest] = bad.map((row) => badRow('rows.csv', row));
    expect(named).toBe('rows.csv:3: row "b": "topic" is missing');
    expect(long).toMatch(/^rows\.csv:4: row "two lines long [long ]*…": x$/);
    expect(unnamed).toBe('rows.csv:9: it has 1 cell, and the header has 2');
    expect(rest).toEqual([]);
  });

  it('gives every row one line that can be read', () => {
    const [line, ...rest] = badRow('rows.csv', { line: 2, reason: `unknown field "a\nb${'x'.repeat(10_000)}"` }).split('\n');
    expect(line).toMatch(/^rows\.csv:2: unknown field "a bx+…$/);
    expect([rest.length, (line ?? '').length < 500]).toEqual([0, true]);
  });
});
