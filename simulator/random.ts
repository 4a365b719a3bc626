import { createHash } from 'node:crypto';

/** Numbers that depend on a text only, so that every process draws the same ones. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole number, both ends included. */
  int(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(probability: number): boolean;
  /** A shuffled copy. */
  shuffle<Item>(items: readonly Item[]): Item[];
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Small fast counter generator (sfc32), seeded by four words of a digest. */
export function randomFrom(text: string): Random {
  const digest = createHash('sha256').update(text).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as [number, number, number, number];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    if (items.length === 0) throw new RangeError('Cannot pick from an empty list');
    return items[int(0, items.length - 1)] as Item;
  };
  const shuffle = <Item>(items: readonly Item[]): Item[] => {
    const copy = [...items];
    for (let at = copy.length - 1; at > 0; at -= 1) {
      const other = int(0, at);
      [copy[at], copy[other]] = [copy[other] as Item, copy[at] as Item];
    }
    return copy;
  };
  return { next, int, pick, shuffle, chance: (probability) => next() < probability };
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The shape of Claude's ids: `<prefix>01` and 22 letters and digits drawn from a text. */
export function idFrom(prefix: string, text: string): string {
  const digest = createHash('sha256').update(text).digest();
  let id = '';
  for (let at = 0; at < 22; at += 1) id += BASE62[(digest[at] as number) % 62];
  return `${prefix}01${id}`;
}
