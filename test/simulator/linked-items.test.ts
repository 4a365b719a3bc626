import { randomFrom } from '../../simulator/random';
import { linkItems } from '../../simulator/content/linked-items';

describe('linkItems()', () => {
  const random = () => randomFrom('links');
  it('gives each object an id of its own and lets depends_on name earlier ones', () => {
    const items = Array.from({ length: 8 }, () => ({ id: 'a', depends_on: ['x'], dependsOn: ['y'] }));
    const linked = linkItems(items, random()) as typeof items;
    const ids = linked.map(({ id }) => id);
    expect(new Set(ids).size).toBe(8);
    expect(linked.some(({ depends_on: needs }) => needs.length > 0)).toBe(true);
    linked.forEach(({ depends_on: needs, dependsOn }, at) => {
      for (const need of [...needs, ...dependsOn]) expect(ids.slice(0, at)).toContain(need);
    });
  });

  it('leaves everything else as it is', () => {
    for (const items of [[], ['a', 'a'], [{ id: 'a' }, { name: 'b' }], [{ id: 1 }, { id: 1 }]])
      expect(linkItems(items, random())).toEqual(items);
    expect(linkItems([{ id: 'a', depends_on: 'text' }], random())).toEqual([{ id: 'a', depends_on: 'text' }]);
  });
});
