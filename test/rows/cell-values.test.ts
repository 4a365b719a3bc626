import { z } from 'zod';

import { cellReader } from '../../rows/cell-values';
import { randomFrom } from '../../simulator/random';

const schema = z.strictObject({
  name: z.string(),
  price: z.number().optional(),
  count: z.number().int().optional(),
  inStock: z.boolean().optional(),
  sections: z.union([z.array(z.string()), z.string()]).optional(),
  sizes: z.array(z.number()).optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  seller: z.strictObject({ name: z.string(), rating: z.number().optional() }).optional(),
  marginFloorPercent: z.number().default(10),
});

const reader = cellReader(schema);

describe('cellReader()', () => {
  it.each([
    ['a name whatever its case and spaces', { 'Margin floor percent': '12.5', NAME: 'x' }, { marginFloorPercent: 12.5, name: 'x' }],
    ['nothing for an empty cell', { name: '', price: '3' }, { price: 3 }],
    ['amounts as people write them', { price: '$1,299.50', count: '2,000' }, { price: 1_299.5, count: 2_000 }],
    ['a number that is none as its text', { price: 'cheap', count: '1,2' }, { price: 'cheap', count: '1,2' }],
    ['yes and no', { inStock: 'Yes' }, { inStock: true }],
    ['0 as no', { inStock: '0' }, { inStock: false }],
    ['a list with semicolons, bars or lines', { sections: 'a; b|c\nd;' }, { sections: ['a', 'b', 'c', 'd'] }],
    ['a list as JSON', { sections: '["a;b","c"]' }, { sections: ['a;b', 'c'] }],
    ['a list of numbers', { sizes: '38;39.5' }, { sizes: [38, 39.5] }],
    ['a list in broken JSON as its text', { sections: '["a"' }, { sections: '["a"' }],
    ['fields of an object', { 'seller.name': 'N', 'seller.rating': '4' }, { seller: { name: 'N', rating: 4 } }],
    ['a whole object as JSON', { seller: '{"name":"N"}' }, { seller: { name: 'N' } }],
    [
      'free fields of an object, dots included',
      { 'attributes.dial.size': '28', 'attributes.a': 'b' },
      { attributes: { 'dial.size': 28, a: 'b' } },
    ],
    ['digits of a text as text', { name: '007' }, { name: '007' }],
    [
      'a text or number as a number when nothing is lost',
      { 'attributes.a': '007', 'attributes.b': '7.5' },
      { attributes: { a: '007', b: 7.5 } },
    ],
    ['no field that is not there', { other: 'x', name: 'n' }, { name: 'n' }],
  ])('reads %s', (_, cells, fields) => {
    expect(reader.read(cells as Record<string, string>)).toEqual(fields);
  });

  it('unused() names the columns that fill nothing', () => {
    expect(reader.unused(['Name', 'weight', 'attributes.color', 'seller.age'])).toEqual(['weight', 'seller.age']);
  });

  it('a column that was mapped comes before one of the same name', () => {
    const mapped = cellReader(schema, { name: 'Title' });
    expect(mapped.read({ Title: 'right', name: 'wrong' })).toEqual({ name: 'right' });
    expect(mapped.read({ name: 'wrong' })).toEqual({});
    expect(mapped.unused(['Title', 'name'])).toEqual(['name']);
    expect(mapped.clash(['Title', 'name'])).toBeUndefined();
  });

  it('clash() names two columns that fill one field', () => {
    expect(reader.clash(['Name', 'price', 'name'])).toEqual(['Name', 'name']);
    expect(reader.clash(['seller.name', 'name', 'Seller.Name'])).toEqual(['seller.name', 'Seller.Name']);
    expect(reader.clash(['seller.name', 'name'])).toBeUndefined();
  });

  it('gives back what JSON says, for any value that fits, and never throws for a cell that does not', () => {
    const random = randomFrom('cells');
    const letters = [...'ab,;|"\n\\{}[]0.1-$ é😀'];
    const text = (): string => Array.from({ length: random.int(1, 8) }, () => random.pick(letters)).join('');
    for (let round = 0; round < 2_000; round += 1) {
      const list = Array.from({ length: random.int(0, 3) }, text);
      const number = random.int(-500_000, 500_000) / 100;
      const seller = { name: text(), rating: number };
      const cells = { sections: JSON.stringify(list), price: String(number), seller: JSON.stringify(seller), name: text() };
      expect(reader.read(cells)).toEqual({ sections: list, price: number, seller, name: cells.name });
      const wild = Object.fromEntries(['price', 'count', 'inStock', 'sizes', 'attributes', 'seller'].map((column) => [column, text()]));
      expect(() => reader.read(wild)).not.toThrow();
    }
  });
});
