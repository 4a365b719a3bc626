import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = (name: string): string => readFileSync(path.join(__dirname, '..', '..', 'docs', name), 'utf8');
const cellsOf = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const number = (text = ''): number => Number(/[\d,]*\.?\d+/.exec(text)?.[0].replaceAll(',', ''));

describe('docs/scale.md, the worked example', () => {
  const page = read('scale.md');
  const rows = (/### Worked example[^]+?\n\|---.*\n((?:\|.*\n)+)/.exec(page)?.[1] ?? '').trimEnd().split('\n').map(cellsOf);
  const parts = rows.slice(0, -1);
  const quantity = (name: string): number => number(parts.find(([part]) => part?.includes(name))?.[2]);

  test('each line is its quantity times its price, and all is their sum', () => {
    expect(parts.length).toBeGreaterThan(6);
    for (const [part, , amount, price, dollars] of parts) {
      const expected = price?.endsWith('together') === true ? number(price) : number(amount) * number(price);
      expect([part, number(dollars).toFixed(2)]).toEqual([part, expected.toFixed(2)]);
    }
    const sum = parts.reduce((all, [, , , , dollars]) => all + number(dollars), 0);
    expect(number(rows.at(-1)?.[4])).toBeCloseTo(sum, 6);
  });

  test('what an article uses is what docs/sizing.md has measured', () => {
    const measured = cellsOf(/^\| `article` at the speed of the real models .*$/m.exec(read('sizing.md'))?.[0] ?? '');
    const [, calls, , , , kib, actions, puts, lists, kibPut] = measured.map(number);
    const beats = number(/up to (\d+ beats)/.exec(read('sizing.md'))?.[1]);
    const uses = parts.map(([, use = '']) => use);
    expect(uses).toEqual(
      expect.arrayContaining([
        `${calls} calls`,
        `${actions} in its history, ${beats} beats`,
        `${kib} KiB`,
        `${puts} puts, ${lists} lists`,
        `${kibPut} KiB`,
      ]),
    );
    const many = quantity('Claude');
    expect(quantity('actions')).toBe(many * (Number(actions) + beats));
    expect(quantity('closed histories')).toBe(Math.round(((many * Number(kib)) / 1024 ** 2) * 30 * 24));
    expect(quantity('requests')).toBe(many * (Number(puts) + Number(lists)));
    expect(quantity('400 days')).toBeCloseTo((((many * Number(kibPut)) / 1024 ** 2) * 400) / 30.4, 1);
  });
});
