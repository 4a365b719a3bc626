import type { Random } from '../random';

type Item = Record<string, unknown>;

const isItem = (value: unknown): value is Item & { id: string } =>
  typeof value === 'object' && value !== null && typeof (value as Item)['id'] === 'string';

const MOST_LINKS = 2;

/**
 * Objects of one array that have ids: each gets its own, and what is called `depends_on` or `dependsOn` names earlier ones of the same array.
 */
export function linkItems(items: readonly unknown[], random: Random): unknown[] {
  if (items.length === 0 || !items.every(isItem)) return [...items];
  const ids: string[] = [];
  return items.map((item) => {
    let id = item.id;
    for (let at = 2; ids.includes(id); at += 1) id = `${item.id}-${at}`;
    const links = Object.entries(item)
      .filter(([name, value]) => /^depends_?on$/i.test(name) && Array.isArray(value))
      .map(([name]) => [name, random.shuffle(ids).slice(0, random.int(0, MOST_LINKS))] as const);
    ids.push(id);
    return { ...item, ...Object.fromEntries(links), id };
  });
}
